export const q=1; export function f(){}
