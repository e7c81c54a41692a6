import {fromC2} from './c2.mjs'; export let late='late'; export function get(){return fromC2()}
