import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CheckReader, limits, parseRecord, recordSeparator } from './protocol.ts';

const passed = (name: string) => JSON.stringify({ kind: 'check', name, passed: true });
const line = (json: string) => `${recordSeparator}${json}\n`;
const end = (count: number) => line(JSON.stringify({ kind: 'end', count }));

suite('the lines that checks print', () => {
  test('are told from what the program prints, in pieces of any size', () => {
    const reader = new CheckReader();
    const output = `partial ${line(passed('one'))}mine\n${line(passed('two'))}${end(2)}last`;
    let printed = '';
    for (const piece of output) printed += reader.push(piece);
    assert.deepEqual(reader.end(), { printed: '', verdict: 'passed' });
    assert.equal(printed, 'partial mine\nlast');
    assert.deepEqual(
      reader.results.map(({ name }) => name),
      ['one', 'two'],
    );
  });

  test('say which check runs', () => {
    const reader = new CheckReader();
    const begin = (name: string) => line(JSON.stringify({ kind: 'begin', name }));
    assert.equal(reader.push(begin('one')), '');
    assert.equal(reader.running, 'one');
    reader.push(line(passed('one')));
    assert.equal(reader.running, undefined);
    reader.push(begin('two'));
    assert.equal(reader.running, 'two');
    assert.equal(reader.end().verdict, 'unfinished');
  });

  test('say how far a run came', () => {
    assert.equal(new CheckReader().end().verdict, 'broken');
    const reader = new CheckReader();
    reader.push(line(passed('one')));
    assert.equal(reader.end().verdict, 'unfinished');
  });

  test('one failure fails the answer', () => {
    const reader = new CheckReader();
    const failure = { kind: 'check', name: 'x', passed: false, reason: 'assertion', message: 'No.' };
    reader.push(line(JSON.stringify(failure)) + end(1));
    assert.equal(reader.end().verdict, 'failed');
  });

  const strangers: readonly (readonly [what: string, text: string])[] = [
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a key of the prototype', '{"__proto__":{"kind":"check","name":"x","passed":true}}'],
    ['a reason of its own', '{"kind":"check","name":"x","passed":false,"reason":"bad","message":""}'],
    ['a beginning without a name', '{"kind":"begin"}'],
    ['a name that is no text', '{"kind":"check","name":{},"passed":true}'],
    ['a count past the limit', `{"kind":"end","count":${limits.checks + 1}}`],
    ['a line past the limit', passed('x'.repeat(limits.line))],
  ];
  for (const [what, text] of strangers) {
    test(`are not: ${what}`, () => {
      assert.equal(parseRecord(text), undefined);
      const reader = new CheckReader();
      assert.equal(reader.push(line(text)), line(text));
      assert.equal(reader.end().verdict, 'broken');
    });
  }
});
