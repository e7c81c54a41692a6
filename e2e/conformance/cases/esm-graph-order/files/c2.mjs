import {late, get} from './c1.mjs'; export function fromC2(){return 'c2 sees '+late}; console.log(typeof get); try{late}catch(e){console.log(e.name,e.message)}
