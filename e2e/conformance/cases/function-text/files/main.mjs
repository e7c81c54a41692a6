import { readFileSync as rd } from 'node:fs';
import { AsyncLocalStorage } from 'node:async_hooks';
export let n = 1;
function f(x) { return rd(x, n++) + import.meta.url; }
async function g() { await f(1); const m = await import('node:os'); return m; }
class A { m() { return rd; } static async *z() { for await (const q of []) yield n; } }
console.log(String(f)); console.log(g.toString()); console.log(`${A}`); console.log(String((a) => a + n), String(function () { throw new Error('x'); }), f, String(console.log).length > 10, String(Map), Function.prototype.toString.name, String(Function.prototype.toString));
console.log(eval(`(${String((x) => x * 2)})`)(4), new Function('a', 'return a').toString());
try { Function.prototype.toString.call({}); } catch (e) { console.log(e.name, e.message); }
