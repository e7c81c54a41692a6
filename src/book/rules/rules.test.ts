import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { bookOf, saidBy } from '../one-chapter.ts';
import { definitions } from './definitions.ts';
import { headings } from './headings.ts';
import { links } from './links.ts';
import { pictures } from './pictures.ts';
import { repetition } from './repetition.ts';
import { spelling } from './spelling.ts';
import { style } from './style.ts';

const topic = '## A topic {/* #topic */}\n\n';

test('headings step down one level at a time', () => {
  assert.deepEqual(saidBy(headings, `${topic}### Within\n\n## Try it\n`), []);
  assert.deepEqual(saidBy(headings, `${topic}#### Deep\n`), ['A heading of depth 4 follows one of depth 2.']);
  assert.equal(saidBy(headings, '# A title\n').length, 1);
});

suite('definitions', () => {
  const defined = 'A *port* is the number of a server.\n';

  test('of a term stand once, in a sentence that can be read alone', () => {
    assert.deepEqual(saidBy(definitions, `${topic}${defined}`, `${topic}A *socket* is one end of it.\n`), []);
    assert.deepEqual(
      saidBy(definitions, `${topic}${defined}`, `${topic}The *Port* of a ship is its door.\n`),
      ['The term "Port" is defined in part/chapter-1:7 already: write _Port_, or name it otherwise.'],
    );
    assert.deepEqual(saidBy(definitions, `${topic}They share it. This *port* is the number of a server.\n`), [
      'The term "port" is defined by a sentence that cannot be read alone, because it begins with "This".',
    ]);
    assert.deepEqual(saidBy(definitions, `${topic}It is *not* so.\n`), [
      'The term "not" is not defined by its sentence: say what it is, or write _…_ to stress it.',
    ]);
    assert.equal(saidBy(definitions, `${topic}We read *The art of the very long title* in bed.\n`).length, 1);
  });

  test('are not looked for in what is stressed, in lists of changes, exercises and quizzes', () => {
    const stressed = 'It is _not_ so. This is _it_.\n\n## Try it\n\nIn *One*, change it.\n';
    assert.deepEqual(saidBy(definitions, `${topic}${stressed}`), []);
  });
});

suite('links', () => {
  const link = (address: string) => `${topic}[there](${address})\n`;
  const other = `${topic}## Try it\n\nText.\n`;

  for (const address of [
    '#topic',
    '../chapter-2/',
    '../chapter-2/#topic',
    '../../part/chapter-2/#try-it',
    'https://nodejs.org/docs/latest-v24.x/api/fs.html#fspromises',
    'https://nodejs.org/en/learn/',
  ]) {
    test(`${address} leads somewhere`, () => assert.deepEqual(saidBy(links, link(address), other), []));
  }

  for (const [address, problem] of [
    ['#attic', 'leads to "attic", which part/chapter-1 does not have.'],
    ['../chapter-2/#attic', 'leads to "attic", which part/chapter-2 does not have.'],
    ['../chapter-3/', 'leads to no chapter that is written.'],
    ['../chapter-2', 'lacks the / at the end of its path.'],
    ['/part/chapter-2/', 'breaks where the site has a base path: write it from here, with ../.'],
    ['http://example.com/', 'is not https.'],
    [
      'https://nodejs.org/api/fs.html',
      "is another version's documentation than https://nodejs.org/docs/latest-v24.x/.",
    ],
  ] as const) {
    test(`${address} does not`, () =>
      assert.deepEqual(saidBy(links, link(address), other), [`The link ${address} ${problem}`]));
  }
});

test('a picture has a text that says what it says', () => {
  const label = 'A box named client with an arrow to a box named server';
  assert.deepEqual(
    saidBy(pictures, `<figure>\n<svg role="img" aria-label="${label}"></svg>\n</figure>\n`),
    [],
  );
  assert.deepEqual(
    saidBy(pictures, `<figure>\n<svg>\n<title>Boxes</title>\n<desc>${label}</desc>\n</svg>\n</figure>\n`),
    [],
  );
  assert.deepEqual(saidBy(pictures, '<svg><path d="M0 0"/></svg>\n'), [
    'The picture has no text: aria-label, or title and desc.',
  ]);
  assert.deepEqual(saidBy(pictures, '![A diagram](turn.svg)\n'), [
    "The picture's text has 2 words: say what the picture says.",
  ]);
});

suite('repetition', () => {
  const said =
    'The loop waits until something has happened and then calls the function that was noted for it.';

  test('of words', () => {
    const messages = saidBy(repetition, `${topic}${said}\n`, `${topic}As you know, t${said.slice(1)}\n`);
    assert.deepEqual(messages, [
      'repeats part/chapter-1:7: "the loop waits until something has happened and then calls the function …"',
    ]);
    assert.deepEqual(saidBy(repetition, `${topic}${said}\n`, `${topic}The loop waits, as it should.\n`), []);
  });

  test('of programs', () => {
    const program = (name: string, ...lines: string[]) =>
      `${topic}\`\`\`js program=${name} title="Totals"\n${lines.join('\n')}\n\`\`\`\n`;
    const lines = ['const prices = [1, 2];', 'let total = 0;', 'for (const price of prices) total += price;'];
    const print = 'console.log({ total });';
    const other = ['const words = [];', 'words.push("one");', 'console.log(words);', print];
    assert.deepEqual(
      saidBy(repetition, program('a', ...lines, print), program('b', ...lines, 'total *= 2;', print)),
      ['part/chapter-2/b is nearly the program part/chapter-1/a.'],
    );
    assert.deepEqual(saidBy(repetition, program('a', ...lines, print), program('b', ...other)), []);
  });
});

test('spelling is American, with the terms of the field', () => {
  const rule = spelling('# Terms\nlibuv\nDahl\n');
  const text =
    "Dahl chose libuv; libuv's threads, `anythng` in code, setImmediate and HTTP are well-known. Écoute é.";
  const problem = (words: string) => [`Not in the dictionary or words.txt: ${words}.`];
  assert.deepEqual(saidBy(rule, `${text.replace('Écoute é', 'See é')}\n`), []);
  assert.deepEqual(saidBy(rule, 'The behaviour of a thrad.\n'), problem('behaviour, thrad'));
  assert.deepEqual(
    saidBy(
      rule,
      '<Quiz name="q">\n\n1. Wich?\n\n   - [x] A\n\n     Yes.\n\n   - [ ] B\n\n     No.\n\n</Quiz>\n',
    ),
    problem('Wich'),
  );
});

suite('style', () => {
  test('words that say nothing', () => {
    assert.deepEqual(saidBy(style, 'You simply call it.\n'), [
      '"simply" says nothing that the sentence needs.',
    ]);
    assert.equal(saidBy(style, 'It is just a function.\n').length, 1);
    assert.deepEqual(saidBy(style, 'It comes just before the timer; `just` is code.\n'), []);
  });

  test('sentences too long to follow', () => {
    const sentence = (words: number) => `${Array.from({ length: words }, () => 'word').join(' ')}.\n`;
    assert.deepEqual(saidBy(style, sentence(40)), []);
    assert.match(saidBy(style, sentence(41))[0] ?? '', /^A sentence of 41 words/);
    assert.deepEqual(saidBy(style, `${sentence(30).trim()} \`code\` ${sentence(30)}`), []);
  });

  test('blocks too long to read', () => {
    const block = (lines: number) =>
      `${topic}\`\`\`js program=long title="Long"\n${'tick();\n'.repeat(lines)}\`\`\`\n`;
    assert.deepEqual(saidBy(style, block(40)), []);
    assert.deepEqual(saidBy(style, block(41)), ['The block has 41 lines; a reader follows 40.']);
  });
});

test('a chapter that is not written breaks no rule of writing', () => {
  assert.deepEqual(style(bookOf(undefined)), []);
});
