import {w} from './tdz1.mjs'; export const v=w+1
