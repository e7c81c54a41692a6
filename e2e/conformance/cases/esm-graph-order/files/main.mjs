console.log('main start'); import './a.mjs'; import './b.mjs'; import {late, get} from './c1.mjs'; import * as ns from './ns.mjs'; import def, {live, inc} from './live.mjs';
console.log('main body', late, get()); console.log(live); inc(); console.log(live, def); console.log(ns, Object.prototype.toString.call(ns), Reflect.ownKeys(ns), Object.isFrozen(ns), Object.isSealed(ns), 'x' in ns);
try{ns.x=1}catch(e){console.log(e.name,e.message)} try{live=5}catch(e){console.log(e.name,e.message)} try{ns.one=5}catch(e){console.log(e.name,e.message)} try{delete ns.one}catch(e){console.log(e.name,e.message)}
console.log(Object.getOwnPropertyDescriptor(ns,'one'), ns.default, JSON.stringify(ns), {...ns});
const p=[import('./t1.mjs'),import('./t2.mjs')]; Promise.resolve().then(()=>console.log('micro 1')).then(()=>console.log('micro 2')); setTimeout(()=>console.log('timeout')); await Promise.all(p); console.log('after dynamic');
try{await import('./tdz1.mjs')}catch(e){console.log(e.name,e.message)}
try{await import('./ambig.mjs')}catch(e){console.log(e.name,e.message)}
try{await import('./fail1.mjs')}catch(e){console.log(e.message)} try{await import('./fail2.mjs')}catch(e){console.log(e.message)}
export const x=1; console.log(typeof this, await import('./main.mjs').then(m=>m.x));
export { x as 'string name' }; console.log(Object.keys(await import('./main.mjs')));
