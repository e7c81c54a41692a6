export const n={v:1}; export default function f(){}
