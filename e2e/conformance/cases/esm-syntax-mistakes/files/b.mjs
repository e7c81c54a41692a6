export { q } from './y.mjs' with { type: 'json' };
const a = ;
