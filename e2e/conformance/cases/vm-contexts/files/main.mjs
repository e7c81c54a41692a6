import vm from 'node:vm'; import util from 'node:util';
const sandbox = { x: 10, console, out: [] };
vm.createContext(sandbox);
console.log(vm.runInContext('x += 5; var y = x * 2; y', sandbox), sandbox.y, sandbox.x);
vm.runInContext('function add(a, b) { return a + b }; class P { constructor(n) { this.n = n } hi() { return `hi ${this.n}` } }; const secret = 42;', sandbox);
console.log(vm.runInContext('add(1,2) + secret', sandbox), typeof sandbox.secret, sandbox.add(3, 4), vm.runInContext('new P("q").hi()', sandbox));
console.log(vm.isContext(sandbox), vm.isContext({}));
try { vm.runInContext('require("fs")', sandbox) } catch (e) { console.log(e.name, e.message) }
try { vm.runInContext('process.exit(1)', sandbox) } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(vm.runInContext('typeof process + typeof require + typeof setTimeout + typeof globalThis + typeof console', sandbox));
vm.runInContext('console.log("from inside", x); out.push(...[1,2].map(n => n * x))', sandbox); console.log(sandbox.out);
const script = new vm.Script('count = (typeof count === "undefined" ? 0 : count) + 1', { filename: 'counter.js' });
const ctxs = [{}, { count: 10 }].map((c) => vm.createContext(c)); for (const c of ctxs) { script.runInContext(c); script.runInContext(c) } console.log(ctxs);
try { vm.runInNewContext('for(;;){}', {}, { timeout: 20 }) } catch (e) { console.log(e.code, e.message) }
try { vm.runInNewContext('let r = 0; while (true) { try { r++ } catch {} }', {}, { timeout: 20 }) } catch (e) { console.log(e.code) }
try { vm.runInNewContext('function f(){ f() } f()', {}) } catch (e) { console.log(e.name, e.message) }
console.log(vm.runInNewContext('a + b', { a: 1, b: 2 }), vm.runInThisContext('typeof globalThis.process'), vm.runInNewContext('this.z = 1; globalThis.w = 2; Object.keys(this)', {}));
const f = vm.compileFunction('return x + y + (typeof ctxVar === "undefined" ? 0 : ctxVar)', ['x', 'y'], { parsingContext: vm.createContext({ ctxVar: 100 }) }); console.log(f(1, 2), f.length, f.name);
console.log(vm.runInNewContext('JSON.stringify({a:[1,{b:2}]}) + Math.max(1,2) + parseInt("12") + [3,1,2].sort().join() + new Date(0).toISOString() + /a(b)/.exec("ab")[1] + encodeURIComponent("é") + isNaN("x")'));
console.log(vm.runInNewContext('({ arr: [1,2], m: new Map([[1,2]]), d: new Date(0), e: new RangeError("r").message, f(){}, g: async () => {} })'));
console.log(await vm.runInNewContext('(async () => { await null; return [1,2].map(x => x + n) })()', { n: 1 }));
console.log(vm.runInNewContext('[..."abc"].entries().next(); let s = 0; for (const v of [1,2,3]) s += v; s'), vm.runInNewContext('if (true) { 5 } else { 6 }'), vm.runInNewContext('var a = 1;'), vm.runInNewContext('1;;'), vm.runInNewContext('"use strict"; (function(){ return this })()'));
console.log(vm.runInNewContext('const {a, ...rest} = {a:1,b:2,c:3}; let [p, q = 5] = [1]; rest.b + q + a + p'), vm.runInNewContext('label: for (var i = 0; i < 3; i++) { for (;;) { if (i == 1) break label; continue label } } i'), vm.runInNewContext('switch (2) { case 1: "a"; break; case 2: "b" }'));
const frozen = vm.createContext(Object.freeze({ c: 1 })); vm.runInContext('c = 2; d = 3', frozen); console.log(frozen, vm.runInContext('c + typeof d', frozen));
const acc = vm.createContext({ get now() { return 'got' }, set val(v) { this._v = v } }); console.log(vm.runInContext('val = 5; now', acc), acc._v);
const nested = vm.createContext({ vm }); console.log(vm.runInContext('vm.runInNewContext("1 + 1")', nested));
console.log(util.inspect(script), vm.constants, Object.keys(vm));
const g = vm.runInContext('(function* () { yield x; yield* [1, 2] })()', sandbox); console.log([...g]);
console.log(vm.runInContext('try { undefinedFn() } catch (e) { e.name + ": " + e.message }', sandbox), vm.runInContext('new Function("return typeof process + x")()', sandbox), vm.runInContext('eval("var ev = 7; ev + x")', sandbox), sandbox.ev, vm.runInContext('(() => { let loc = 1; return eval("loc + 1") })()', sandbox));
vm.runInContext('setT = () => this.x; getter = { get q() { return x } }; delete y', sandbox); console.log(sandbox.setT(), sandbox.getter.q, 'y' in sandbox);
const e = (() => { try { vm.runInContext('\n\n   throw new TypeError("deep")', sandbox, { filename: 'my-file.js', lineOffset: 5 }) } catch (e) { return e } })(); console.log(e.stack.split('\n').slice(0, 7).join('\n'));
vm.runInNewContext('null.foo', {}, 'last.js');
