import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cardOf } from './social-images.ts';

const site = { '@type': 'WebSite', name: 'A book', alternativeHeadline: 'That runs' };
const pageOf = (...things: readonly object[]) =>
  `<head><script type="application/ld+json">${JSON.stringify({ '@graph': things })}</script></head>`;

suite('the image of a page', () => {
  test('says the title, part and number of a chapter', () => {
    const chapter = {
      '@type': ['Chapter', 'TechArticle'],
      position: 7,
      isPartOf: { name: 'Streams', position: 2 },
    };
    assert.deepEqual(cardOf(pageOf(site, { '@type': 'WebPage', name: 'Pipes' }, chapter), 'pipes'), {
      title: 'Pipes',
      place: 'Part 2, Streams · Chapter 7',
      book: 'A book',
      tagline: 'That runs',
    });
  });

  test('of the first page says what the book is', () => {
    const card = cardOf(pageOf(site, { '@type': 'WebPage', name: 'A book' }), 'index.html');
    assert.deepEqual(card, { title: 'That runs', place: '', book: 'A book', tagline: '' });
  });

  test('a page without structured data is named', () => {
    assert.throws(() => cardOf('<head></head>', 'x.html'), /x\.html has no structured data/);
  });
});
