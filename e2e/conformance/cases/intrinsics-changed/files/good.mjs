import { one } from './one.mjs';
import { sep } from 'node:path';
export const total = one + sep.length;
