export const one=1; export default 'd'; export let u; export * from './ns2.mjs'; export * as inner from './ns2.mjs'
