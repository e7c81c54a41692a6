import {v} from './tdz2.mjs'; export const w=1
