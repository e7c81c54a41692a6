import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { h } from 'hastscript';
import { addressIn, partsOf, type Edition } from './edition.ts';

const part = { id: 'part', number: 1, title: 'Part' };
const chapters = ['one', 'two'].map((name, index) => ({
  place: { id: `part/${name}`, number: index + 1, title: name, part, topics: [] },
  title: name,
  description: '',
  text: h('div'),
}));
const edition = (site: string | undefined): Edition => ({
  identity: {
    title: 'Book',
    tagline: 'A book',
    description: 'A book',
    author: 'Author',
    language: 'en',
    license: { name: 'MIT', url: 'https://example.org/license' },
  },
  slug: 'book',
  date: new Date(0),
  configuration: { site, base: '/repo/' },
  chapters,
});

suite('an edition', () => {
  const cases: readonly (readonly [address: string, leadsTo: string | undefined])[] = [
    ['../two/#topic', 'part/two|topic'],
    ['/repo/part/two/', 'part/two|'],
    ['#topic', 'part/one|topic'],
    ['https://nodejs.org/en', 'https://nodejs.org/en'],
    ['../../play/', undefined],
  ];
  for (const [address, leadsTo] of cases) {
    test(`${address} leads to ${leadsTo ?? 'nothing'}`, () => {
      const addressOf = addressIn(edition(undefined), 'part/one', (id, heading) => `${id}|${heading}`);
      assert.equal(addressOf(address), leadsTo);
    });
  }

  test('other pages of the site are reached where it has an origin', () => {
    const addressOf = addressIn(edition('https://example.org'), 'part/one', () => '');
    assert.equal(addressOf('../../play/'), 'https://example.org/repo/play/');
  });

  test('has its chapters under their parts', () => {
    assert.deepEqual(
      partsOf(chapters).map(({ title, chapters: members }) => [
        title,
        members.map((chapter) => chapter.title),
      ]),
      [['Part', ['one', 'two']]],
    );
  });
});
