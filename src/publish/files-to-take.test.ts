import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { linkFiles } from './files-to-take.ts';

const page =
  '<p>Before</p><section class="x" data-files><ul><li data-file=".epub"><a href="/" download>EPUB</a>, for e-readers</li><li data-file=".pdf"><a href="/" download>PDF</a></li></ul></section><p>After</p>';

suite('files of the whole book', () => {
  test('are linked where the site has them, with their size', () => {
    const { html, files } = linkFiles(page, new Map([['book.epub', 2_340_000]]), '/repo/');
    assert.deepEqual(files, ['book.epub']);
    assert.equal(
      html,
      '<p>Before</p><section class="x" data-files><ul><li><a href="/repo/book.epub" download>EPUB</a>, for e-readers (2.3 MB)</li><!--<li data-file=".pdf"><a href="/" download>PDF</a></li>--></ul></section><p>After</p>',
    );
  });

  test('are linked later, when they are made after the page', () => {
    const { html } = linkFiles(page, new Map([['book.epub', 2_340_000]]), '/');
    const sizes = new Map([
      ['book.epub', 2_340_000],
      ['book.pdf', 1_000_000],
    ]);
    assert.deepEqual(linkFiles(html, sizes, '/').files, ['book.pdf']);
    assert.match(
      linkFiles(html, sizes, '/').html,
      /<li><a href="\/book\.pdf" download>PDF<\/a> \(1\.0 MB\)<\/li><\/ul>/,
    );
  });

  test('have no section where there are none', () => {
    assert.equal(linkFiles(page, new Map([['index.html', 1]]), '/').html, '<p>Before</p><p>After</p>');
  });
});
