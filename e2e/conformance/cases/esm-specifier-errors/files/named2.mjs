import { zip } from './lib.mjs';
