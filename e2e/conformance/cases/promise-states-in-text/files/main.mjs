import util from 'node:util';
console.log(util.inspect(Promise.resolve(4)), util.format('%o %O %s', Promise.reject(new Error('x')).catch(()=>{}) && 1, Promise.resolve({a:1}), Promise.resolve('s')));
const r = Promise.reject(5); r.catch(()=>{}); console.log(util.inspect(r), Promise.resolve(r)===r, util.inspect({p: Promise.resolve([1])}));
console.log(Promise.resolve, Promise.reject.name, Promise.resolve.length, Object.getOwnPropertyNames(Promise), class P2 extends Promise{}.resolve(1));
console.log(util.inspect(Promise.resolve({then(cb){cb(3)}})), util.inspect(new Promise(()=>{})), `${util.inspect(Promise.resolve())}`);
try { Promise.resolve.call(undefined, 1) } catch (e) { console.log(e.message) }
const {resolve} = Promise; try { resolve(1) } catch (e) { console.log(e.message) }
import * as ns from './main.mjs'; import fs, * as fsns from 'node:fs'; export const a = 1; export let b; export default class Foo {}
console.log(ns, util.inspect(ns, {showHidden: true}), typeof fsns.default, Object.keys(ns), ns[Symbol.toStringTag], util.types.isModuleNamespaceObject(ns));
console.log(import.meta.filename.split('/').pop(), import.meta.dirname.length > 0, import.meta.main, util.inspect(import.meta).split('\n').length);
console.log(await Promise.allSettled([Promise.resolve(1), Promise.reject(2)]), await Promise.any([Promise.reject(1), 2]), await Promise.race([1]));
console.log([Promise.resolve(1), (async()=>2)(), (async()=>{throw 3})().catch(()=>{})]);
