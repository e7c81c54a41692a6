export const det=1
