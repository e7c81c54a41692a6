// `import()` in text that becomes code, and declarations that scripts of vm leave behind.
const vm = require('node:vm');
const load = new Function('name', 'return import(name)');
console.log(String(new Function('a', 'return a')), load.name, load.length, Function.prototype.constructor === Function, load instanceof Function);
class Sum extends Function {
  constructor() {
    super('a', 'b', 'return a + b');
  }
}
console.log(new Sum()(1, 2), new Sum() instanceof Sum, Function('return 7')(), new Function('return this')() === globalThis);
try {
  new Function('a b');
} catch (error) {
  console.log(error.name, error.message, error.stack.includes('at new Function (<anonymous>)'));
}

vm.runInThisContext('const fixed = 1; let open = 2; var old = 3; class Kind { sum() { return fixed + open } } function make() { return new Kind() }');
console.log(vm.runInThisContext('make().sum() + old'), typeof fixed, 'fixed' in globalThis, globalThis.old, typeof globalThis.make);
for (const text of ['let open = 3', 'fixed = 3', 'open = 5; make().sum()', 'const { a, b: [c] } = { a: 1, b: [2] }; a + c', 'const named = () => {}; named.name']) {
  try {
    console.log(vm.runInThisContext(text));
  } catch (error) {
    console.log(error.name, error.message);
  }
}

(async () => {
  console.log(typeof (await load('node:path')).join);
  await load('./missing.mjs').catch((error) => console.log(error.code));
  await load('nothing-of-this-name').catch((error) => console.log(error.code));
})();
