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

test('what was put before a text is told apart from it', () => {
  const sources = new SourceRegistry(() => undefined);
  const [head, inner] = [[{ at: 0, remove: 0, insert: '(() => {' }], [{ at: 0, remove: 1, insert: 'long' }]];
  const name = nameIn(sources.add('head.js', { text: 'a\nb', edits: head ?? [] }));
  const other = nameIn(sources.add('inner.js', { text: 'a\nb', edits: inner ?? [] }));
  const isBefore = (script: string, line: number, column: number): boolean =>
    sources.isBeforeText({ name: script, line, column });
  assert.deepEqual([isBefore(name, 1, 8), isBefore(name, 1, 9), isBefore(name, 2, 1)], [true, false, false]);
  assert.equal(isBefore(other, 1, 1), false);
  assert.equal(isBefore('unknown.js', 1, 1), false);
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

test('evaluated text has its origin for a name, or the one that it gives itself', () => {
  const sources = new SourceRegistry(
    () => undefined,
    (text) => /\/\/# sourceURL=(\S+)/.exec(text)?.[1],
  );
  const origin = 'eval at go (/a b.js:1:2)';
  const comment = sources.addEvaluated(origin, { text: 'one', edits: [] });
  assert.match(comment, /^\n\/\/# sourceURL=\S+$/);
  assert.deepEqual(sources.withoutOwnName(`one${comment}`), { code: 'one', origin });
  const position = sources.original({ name: nameIn(comment), line: 1, column: 1 });
  assert.equal(position.name, '<anonymous_script>');
  assert.deepEqual(position.source?.evaluated, { origin, isNamed: false });
  assert.equal(sources.lineAt(position), 'one');

  assert.equal(sources.addEvaluated(origin, { text: 'two //# sourceURL="x"', edits: [] }), '');
  assert.equal(sources.original({ name: '"x"', line: 1, column: 1 }).name, '"x"');
});

test('of texts that one place evaluates again and again, the oldest are forgotten', () => {
  const sources = new SourceRegistry(() => undefined);
  for (let index = 0; index < 1000; index += 1)
    sources.addEvaluated('eval at go (/a.js:1:2)', { text: String(index), edits: [] });
  assert.ok(sources.files().length <= 100);
});
