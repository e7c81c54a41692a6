import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readIdentity } from '../../snippet/identity.ts';
import { printChapters, readMarkdownChapters } from './book.ts';
import { printFull, printIndex } from './llms.ts';

const book = fileURLToPath(new URL('../fixtures/book', import.meta.url));
const expected = (name: string) => readFile(new URL(`../fixtures/expected/${name}`, import.meta.url), 'utf8');

suite('the book in Markdown', async () => {
  const chapters = await readMarkdownChapters(book);
  const identity = await readIdentity(book);

  for (const name of ['one', 'two']) {
    test(`chapter ${name}: programs, pictures, exercises, quizzes, requests, links`, async () => {
      assert.equal(printChapters(chapters).get(`first-part/${name}`), await expected(`${name}.md`));
    });
  }

  test('llms.txt lists the chapters with addresses from the root of the host', async () => {
    assert.equal(
      printIndex(identity, chapters, { site: undefined, base: '/repo/' }),
      await expected('llms.txt'),
    );
  });

  test('where the origin is known, addresses have it', () => {
    const place = { site: 'https://example.org', base: '/repo/' };
    assert.match(
      printIndex(identity, chapters, place),
      /\(https:\/\/example\.org\/repo\/first-part\/one\.md\)/,
    );
    const full = printFull(identity, chapters, place);
    assert.match(full, /\[servers\]\(https:\/\/example\.org\/repo\/first-part\/two\.md#servers\)/);
    assert.match(full, /^# Chapter one$[^]*^# Chapter two$/m);
  });
});
