import { two } from './one.mjs';
console.log(two);
