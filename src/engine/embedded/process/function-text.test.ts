import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showOriginalFunctions } from './function-text.ts';
import { applyEdits } from './esm/edits.ts';
import { SourceRegistry } from './source-registry.ts';

test('functions show what their author wrote', (t) => {
  const prototype: object = Function.prototype;
  const native = Function.prototype.toString;
  t.after(() => Object.defineProperty(prototype, 'toString', { value: native }));
  const text = 'const f = (x) => read(x) + other; const g = function () { return other; };';
  const edits = [
    { at: text.indexOf('read'), remove: 4, insert: '(0,$m.readFile)' },
    { at: text.indexOf('other'), remove: 5, insert: '$m.a' },
    { at: text.lastIndexOf('other'), remove: 5, insert: '$m.a' },
  ];
  const sources = new SourceRegistry(() => undefined);
  sources.add('/main.mjs', { text, edits });
  // oxlint-disable-next-line typescript/no-implied-eval -- the text of the test
  const make = new Function(`${applyEdits(text, edits)} return [f, g];`) as () => unknown[];
  const functions = make();
  showOriginalFunctions(sources);
  assert.deepEqual(functions.map(String), ['(x) => read(x) + other', 'function () { return other; }']);
  assert.equal(String(Map), native.call(Map));
  assert.equal(String(Function.prototype.toString), native.call(native));
  const plain = ($: number) => $ + 1;
  assert.equal(String(plain), native.call(plain));
  assert.throws(() => Function.prototype.toString.call({}), TypeError);
});
