import {k} from './ambig0.mjs'
