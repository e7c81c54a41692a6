import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { Text } from '@codemirror/state';
import { offsetOf } from './marks.ts';

suite('places in a file', () => {
  const doc = Text.of(['const a = 1;', '', 'throw a;']);

  test('count lines and columns from 1', (t: TestContext) => {
    t.assert.equal(offsetOf(doc, { line: 1, column: 1 }), 0);
    t.assert.equal(offsetOf(doc, { line: 3, column: 7 }), 20);
    t.assert.equal(offsetOf(doc, { line: 3 }), 14);
  });

  test('outside the text are the nearest in it', (t: TestContext) => {
    t.assert.equal(offsetOf(doc, { line: 99, column: 99 }), doc.length);
    t.assert.equal(offsetOf(doc, { line: 2, column: 50 }), 13);
    t.assert.equal(offsetOf(doc, { line: -1, column: 0 }), 0);
    t.assert.equal(offsetOf(doc, { line: Number.NaN, column: Number.POSITIVE_INFINITY }), 0);
  });
});
