import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { z } from 'zod';
import {
  bookThing,
  chapterThings,
  dataBlock,
  pageThing,
  siteThing,
  termSetThing,
  type PublishedBook,
} from './structured-data.ts';

const hostile = '</script><script>alert(1)</script><!--';
const book: PublishedBook = {
  identity: {
    title: 'A book',
    tagline: 'That runs',
    description: 'About something.',
    author: 'Its authors',
    language: 'en',
    license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  },
  place: { site: 'https://example.org', base: '/repo/' },
};
const chapter = { id: 'first/one', number: 1, title: `One ${hostile}`, href: '/repo/first/one/' };
const unwritten = { id: 'first/two', number: 2, title: 'Two', href: undefined };
const parts = [
  { id: 'first', number: 1, title: 'First', chapters: [chapter, unwritten] },
  { id: 'second', number: 2, title: 'Second', chapters: [{ ...unwritten, id: 'second/three', number: 3 }] },
] as const;
const written = {
  chapter,
  part: parts[0],
  description: 'What it is about.',
  topics: ['A topic'],
  published: new Date('2026-01-31'),

  minutes: 7,
};

const url = z.url({ protocol: /^https$/ });
const root = z.literal('https://example.org/repo/');
const schemas = {
  site: z.object({
    '@type': z.literal('WebSite'),
    name: z.literal('A book'),
    url: root,
    potentialAction: z.object({
      target: z.object({
        urlTemplate: z.literal('https://example.org/repo/search/?q={search_term_string}'),
      }),
      'query-input': z.literal('required name=search_term_string'),
    }),
  }),
  page: z.object({
    '@type': z.literal('WebPage'),
    name: z.string(),
    url,
    isPartOf: z.object({ '@id': url }),
  }),
  book: z.object({
    '@type': z.literal('Book'),
    '@id': url,
    name: z.literal('A book'),
    author: z.object({ name: z.literal('Its authors') }),
    inLanguage: z.literal('en'),
    image: z.literal('https://example.org/repo/social/index.png'),
    hasPart: z.tuple([
      z.object({
        name: z.literal('First'),
        hasPart: z.tuple([
          z.object({ '@type': z.literal('Chapter'), name: z.string(), position: z.literal(1), url }),
        ]),
      }),
    ]),
  }),
  chapter: z.object({
    '@type': z.tuple([z.literal('Chapter'), z.literal('TechArticle')]),
    headline: z.literal(chapter.title),
    url: z.literal('https://example.org/repo/first/one/'),
    image: z.literal('https://example.org/repo/social/first/one.png'),
    datePublished: z.iso.date(),
    dateModified: z.iso.date(),
    timeRequired: z.literal('PT7M'),
    teaches: z.tuple([z.literal('A topic')]),
    isPartOf: z.object({ name: z.literal('First'), isPartOf: z.object({ '@id': url }) }),
  }),
  terms: z.object({
    '@type': z.literal('DefinedTermSet'),
    '@id': url,
    name: z.literal('Glossary'),
    url,
    hasDefinedTerm: z.tuple([
      z.object({
        '@type': z.literal('DefinedTerm'),
        name: z.literal('event loop'),
        description: z.string(),
        url: z.literal('https://example.org/repo/glossary/#event-loop'),
        inDefinedTermSet: z.object({ '@id': url }),
      }),
    ]),
  }),
  breadcrumbs: z.object({
    '@type': z.literal('BreadcrumbList'),
    itemListElement: z
      .array(z.object({ '@type': z.literal('ListItem'), position: z.int(), name: z.string(), item: url }))
      .length(3),
  }),
};
const blockSchema = z.object({ '@context': z.literal('https://schema.org'), '@graph': z.array(z.unknown()) });

suite('structured data', () => {
  const [chapterThing, breadcrumbs] = chapterThings(book, written);
  const page = { pathname: '/repo/play/', name: 'Playground', description: 'Play.' };
  const things = {
    site: siteThing(book),
    page: pageThing(book, page),
    book: bookThing(book, parts),
    chapter: chapterThing,
    breadcrumbs,
    terms: termSetThing(book, {
      pathname: '/repo/glossary/',
      name: 'Glossary',
      terms: [{ anchor: 'event-loop', name: 'event loop', description: 'What calls your functions.' }],
    }),
  };
  for (const [name, thing] of Object.entries(things)) {
    test(`of the ${name} has what search engines require`, () => {
      assert.ok(thing);
      const block = blockSchema.parse(JSON.parse(dataBlock([thing])));
      // The names of both objects are the same.
      const checked = schemas[name as keyof typeof schemas].safeParse(block['@graph'][0]);
      assert.ok(checked.success, checked.error && z.prettifyError(checked.error));
    });
  }

  test('cannot end its element, and comes out of it as it went in', () => {
    const text = dataBlock(chapterThings(book, written));
    assert.doesNotMatch(text, /</);
    assert.match(JSON.stringify(JSON.parse(text)), /<\/script><script>alert\(1\)/);
  });

  test('has no image and only paths where the origin of the site is unknown', () => {
    const text = dataBlock([bookThing({ ...book, place: { site: undefined, base: '/' } }, parts)]);
    assert.doesNotMatch(text, /social|example\.org/);
  });
});
