const vm = require('node:vm');
const sources = [
  'const a = ;', 'let x = 1; let x = 2;', 'foo bar', 'var 5;', 'const y;', 'function ( {}', '"unterminated', '`template',
  'new a?.b();', 'const {a, b = 1;', 'class A { constructor(){} constructor(){} }', 'return 5; }', 'let z = {a:1,,b:2};',
  'x => { x.y = 1', '/(/', '1 = 2;', 'break;', '"use strict"; with (a) {}', 'let let = 1;', 'super();', 'a b c',
  'label: { continue other; }', '(a, b) => { let a; }; function f(a,a){"use strict"}', 'x ?? y || z', 'import x from "y"',
  '\n\n  for (const i of [1) {}', 'await 1', "'abc'def", 'delete x.#y',
];
for (const source of sources) {
  for (const compile of [() => new vm.Script(source, { filename: 'program.js', lineOffset: 3 }), () => vm.compileFunction(source, ['p'], { filename: 'body.js' })]) {
    try { compile(); console.log('fine'); }
    catch (error) { console.log(error.stack.split('\n').slice(0, 5).join('\n')); }
  }
}
