export const two=2; export const one='hidden'; export default 'no'
