import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceRegistry, placeInText, positionIn } from './source-registry.ts';

const nameIn = (comment: string): string => comment.replace('\n//# sourceURL=', '');

test('a position of the evaluated text is one of the file', () => {
  const sources = new SourceRegistry(() => undefined);
  const edits = [{ at: 4, remove: 1, insert: 'long' }];
  const name = nameIn(sources.add('/a b.js', { text: 'one\nxyz', edits }));
  assert.deepEqual(
    { ...sources.original({ name, line: 2, column: 6 }), source: undefined },
    { name: '/a b.js', line: 2, column: 3, source: undefined },
  );
  assert.equal(sources.lineAt(sources.original({ name, line: 2, column: 1 })), 'xyz');
});

test('two scripts of one name are told apart', () => {
  const sources = new SourceRegistry(() => undefined);
  const [first, second, again] = ['one', 'two', 'two'].map((text) =>
    nameIn(sources.add('same.js', { text, edits: [] })),
  );
  assert.notEqual(first, second);
  assert.equal(second, again);
  for (const [name, text] of [
    [first, 'one'],
    [second, 'two'],
  ]) {
    const position = sources.original({ name: name ?? '', line: 1, column: 1 });
    assert.equal(position.name, 'same.js');
    assert.equal(sources.lineAt(position), text);
  }
  assert.equal(sources.text('same.js'), 'two');
});

test('lines and columns count from where the program says', () => {
  const sources = new SourceRegistry(() => undefined);
  const source = { text: 'a\nb', edits: [], headLines: 1, lineOffset: 10, columnOffset: 5 };
  const name = nameIn(sources.add('offset.js', source));
  const first = sources.original({ name, line: 2, column: 1 });
  assert.deepEqual([first.line, first.column], [11, 6]);
  assert.deepEqual(placeInText(first), { line: 1, column: 1 });
  const second = sources.original({ name, line: 3, column: 1 });
  assert.deepEqual([second.line, second.column, sources.lineAt(second)], [12, 1, 'b']);
  const made = positionIn('offset.js', source, 2);
  assert.deepEqual([made.line, made.column], [12, 1]);
});
