import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { parseDocumentation } from './documentation.ts';

suite('documentation of a declaration', () => {
  const text = (markdown: string): string[] =>
    parseDocumentation(markdown).map((block) =>
      block.kind === 'code' ? block.text : block.inlines.map((inline) => inline.text).join(''),
    );

  test('has paragraphs and examples', (t: TestContext) => {
    const blocks = parseDocumentation('Reads a\nfile with `read`.\n\n```js\nread();\n\nread();\n```\nMore.');
    t.assert.deepEqual(blocks, [
      {
        kind: 'paragraph',
        inlines: [
          { isCode: false, text: 'Reads a file with ' },
          { isCode: true, text: 'read' },
          { isCode: false, text: '.' },
        ],
      },
      { kind: 'code', text: 'read();\n\nread();' },
      { kind: 'paragraph', inlines: [{ isCode: false, text: 'More.' }] },
    ]);
  });

  test('says what links say', (t: TestContext) => {
    t.assert.deepEqual(text('See [the page](https://nodejs.org) and {@link readFile}, {@link a.b | that}.'), [
      'See the page and readFile, that.',
    ]);
  });

  test('keeps marks in code, drops them elsewhere', (t: TestContext) => {
    t.assert.deepEqual(text('**Never** use `a ** b`.'), ['Never use a ** b.']);
    t.assert.deepEqual(text('<b>One</b>\n* two\n* three'), ['One\n• two\n• three']);
  });

  test('is cut when it is long', (t: TestContext) => {
    t.assert.equal(parseDocumentation('a paragraph of words\n\n'.repeat(1000)).length, 101);
    t.assert.deepEqual(parseDocumentation(''), []);
  });
});
