import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundPage, isAkin, termsOf } from './found.ts';
import type { Fragment, Piece } from './found.ts';

/** What a reader sees, with found words in brackets. */
const shown = (pieces: readonly Piece[] = []) =>
  pieces.map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join('');

const url = '/part/streams/';
const fragment = (excerpts: readonly string[], change: Partial<Fragment> = {}): Fragment => ({
  url,
  content: 'Streams Reading. Call fs.promises.readFile(path) now',
  meta: { title: 'Streams', chapter: '19', part: 'Part 4, Bytes' },
  locations: [3],
  sub_results: excerpts.map((excerpt, index) => ({
    title: 'Reading with readFile',
    url: `${url}#reading-${index}`,
    excerpt,
    anchor: { element: 'h2' },
    weighted_locations: [{ balanced_score: 1 }],
  })),
  ...change,
});

suite('what was found', () => {
  test('stands on its page, in its place', () => {
    const page = foundPage(fragment(['x <mark>readFile</mark>.']), 'readFile');
    assert.deepEqual(
      { href: page?.href, title: shown(page?.title), place: page?.place },
      { href: url, title: 'Streams', place: 'Chapter 19 · Part 4, Bytes' },
    );
    assert.equal(page?.sections[0]?.href, `${url}#reading-0`);
    assert.equal(shown(page?.sections[0]?.title), 'Reading with [readFile]');
  });

  for (const [what, excerpt, expected] of [
    [
      'is marked no further than it was looked for',
      'Call <mark>fs.promises.readFile(path)</mark> now.',
      'Call fs.promises.[readFile](path) now.',
    ],
    ['leaves out the heading above it', 'Reading with readFile. It <mark>reads.</mark>', 'It [reads.]'],
    ['leaves out what is left of a heading', 'with <mark>readFile.</mark> It reads.', 'It reads.'],
    [
      'says where the text goes on',
      'and then <mark>readFile</mark> takes it',
      '…and then [readFile] takes it…',
    ],
    ['is text, not HTML', 'A &lt;b&gt; and <mark>readFile.</mark>', 'A <b> and [readFile].'],
  ] as const) {
    test(what, () => {
      assert.equal(shown(foundPage(fragment([excerpt]), 'readFile')?.sections[0]?.excerpt), expected);
    });
  }

  test('in code has its lines, from the first that has it', () => {
    const code =
      'Two reads. import a ␤ ␤␠␠ const text = await <mark>readFile(name);</mark> ␤␠␠␠␠ print(text); ␤ } ␤ end';
    const program = {
      title: 'Two reads',
      url: `${url}#program-two-reads`,
      excerpt: code,
      anchor: { element: 'h4' },
      weighted_locations: [],
    };
    const section = foundPage(fragment([], { sub_results: [program] }), 'readFile')?.sections[0];
    assert.equal(section?.isProgram, true);
    assert.equal(shown(section?.excerpt), '  const text = await [readFile](name);\n    print(text);\n}');
  });

  test('puts sections with the words as they were typed first', () => {
    const sections = foundPage(
      fragment(['Has <mark>promise</mark> a.', 'Has <mark>promises</mark> b.']),
      'promises',
    )?.sections;
    assert.deepEqual(
      sections?.map(({ href }) => href),
      [`${url}#reading-1`, `${url}#reading-0`],
    );
  });

  test('is nothing where only the first letters of a word fit', () => {
    assert.equal(foundPage(fragment([], { content: 'z.', locations: [0] }), 'zzzz'), undefined);
  });
});

test('words are akin', () => {
  for (const [word, term] of [
    ['emitters,', 'emitter'],
    ['dependency', 'dependencies'],
    ['fs.promises.readFile(path)', 'readfile'],
    ['fs.promises.readFile(path)', 'fs.promises.readfile'],
    ['--max-old-space-size=100', '--max-old-space-size'],
    ['monitorEventLoopDelay()', 'loop'],
    ['CORS,', 'cors'],
  ] as const) {
    assert.equal(isAkin(word, term), true, `${word}, ${term}`);
  }
  for (const [word, term] of [
    ['z', 'zzzz'],
    ['ERR_INVALID_ARG_TYPE', 'err_stream_premature_close'],
    ['block', 'blockchain'],
  ] as const) {
    assert.equal(isAkin(word, term), false, `${word}, ${term}`);
  }
});

test('a query is words, without the signs around them', () => {
  assert.deepEqual(termsOf(' Promise.all([ --max-size, “node:http” '), [
    'promise.all',
    'max-size',
    'node:http',
  ]);
  assert.deepEqual(termsOf(' ( '), []);
});
