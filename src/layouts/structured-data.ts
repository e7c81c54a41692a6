/** What search engines are told of the book and its chapters, in the words of schema.org. */
import { addressOf, imageOf } from './addresses.ts';
import type { BookChapter, BookPart } from './book.ts';
import type { Configuration } from './configuration.ts';
import type { BookIdentity } from './identity.ts';

/** A thing of schema.org with its properties. */
export interface Thing {
  readonly '@type': string | readonly string[];
  readonly [property: string]: unknown;
}

/** What every thing is part of. */
export interface PublishedBook {
  readonly identity: BookIdentity;
  readonly place: Pick<Configuration, 'site' | 'base'>;
}

/** A chapter as its page knows it. */
export interface PublishedChapter {
  readonly chapter: BookChapter;
  readonly part: BookPart;
  readonly description: string;
  /** Titles of its topics. */
  readonly topics: readonly string[];
  readonly published?: Date | undefined;
  readonly updated?: Date | undefined;
  /** Reading time. */
  readonly minutes: number;
}

/** The text of a data block: no `<` in it, so that nothing in a title can end its element. */
export function dataBlock(things: readonly Thing[]): string {
  const graph = { '@context': 'https://schema.org', '@graph': things };
  return JSON.stringify(graph).replaceAll('<', String.raw`\u003c`);
}

/** The site, with the search that it has. */
export function siteThing({ identity, place }: PublishedBook): Thing {
  const { title, tagline, description, language } = identity;
  return {
    '@type': 'WebSite',
    '@id': `${addressOf(place, place.base)}#site`,
    name: title,
    alternativeHeadline: tagline,
    description,
    inLanguage: language,
    url: addressOf(place, place.base),
    potentialAction: {
      '@type': 'SearchAction',
      target: {
        '@type': 'EntryPoint',
        urlTemplate: `${addressOf(place, `${place.base}search/`)}?q={search_term_string}`,
      },
      'query-input': 'required name=search_term_string',
    },
  };
}

/** A page of the site; `pathname` begins with the site's base. */
export function pageThing(
  { identity, place }: PublishedBook,
  { pathname, name, description }: { pathname: string; name: string; description: string },
): Thing {
  return {
    '@type': 'WebPage',
    '@id': `${addressOf(place, pathname)}#page`,
    name,
    description,
    inLanguage: identity.language,
    url: addressOf(place, pathname),
    isPartOf: { '@id': `${addressOf(place, place.base)}#site` },
  };
}

/** The book with those of its parts and chapters that are written. */
export function bookThing({ identity, place }: PublishedBook, parts: readonly BookPart[]): Thing {
  const written = parts
    .map((part) => ({ ...part, chapters: part.chapters.filter(({ href }) => href !== undefined) }))
    .filter(({ chapters }) => chapters.length > 0);
  return {
    ...bookReference({ identity, place }),
    alternativeHeadline: identity.tagline,
    description: identity.description,
    bookFormat: 'https://schema.org/EBook',
    ...rights(identity),
    image: imageOf(place, place.base),
    hasPart: written.map(({ title, number, chapters }) => ({
      '@type': 'CreativeWork',
      name: title,
      position: number,
      hasPart: chapters.map((chapter) => ({
        '@type': 'Chapter',
        name: chapter.title,
        position: chapter.number,
        url: addressOf(place, chapter.href ?? place.base),
      })),
    })),
  };
}

/** A chapter, and the way from the contents to it. */
export function chapterThings(book: PublishedBook, written: PublishedChapter): Thing[] {
  const { identity, place } = book;
  const { chapter, part, description, topics, published, updated, minutes } = written;
  const pathname = chapter.href ?? place.base;
  const url = addressOf(place, pathname);
  const root = addressOf(place, place.base);
  const steps = [
    { name: identity.title, item: root },
    { name: part.title, item: `${root}#${part.id}` },
    { name: chapter.title, item: url },
  ];
  return [
    {
      '@type': ['Chapter', 'TechArticle'],
      '@id': `${url}#chapter`,
      name: chapter.title,
      headline: chapter.title,
      description,
      position: chapter.number,
      url,
      image: imageOf(place, pathname),
      teaches: topics,
      timeRequired: `PT${minutes}M`,
      datePublished: dateText(published),
      dateModified: dateText(updated ?? published),
      ...rights(identity),
      isPartOf: {
        '@type': 'CreativeWork',
        name: part.title,
        position: part.number,
        isPartOf: bookReference(book),
      },
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: steps.map((step, index) => ({ '@type': 'ListItem', position: index + 1, ...step })),
    },
  ];
}

/** A term and what it means; `anchor` is the id of its element on the page. */
export interface PublishedTerm {
  readonly anchor: string;
  readonly name: string;
  readonly description: string;
}

/** The terms that a page explains; `pathname` begins with the site's base. */
export function termSetThing(
  book: PublishedBook,
  { pathname, name, terms }: { pathname: string; name: string; terms: readonly PublishedTerm[] },
): Thing {
  const url = addressOf(book.place, pathname);
  return {
    '@type': 'DefinedTermSet',
    '@id': `${url}#terms`,
    name,
    url,
    ...rights(book.identity),
    isPartOf: bookReference(book),
    hasDefinedTerm: terms.map(({ anchor, ...term }) => ({
      '@type': 'DefinedTerm',
      ...term,
      url: `${url}#${anchor}`,
      inDefinedTermSet: { '@id': `${url}#terms` },
    })),
  };
}

/** A day as machines write it: `2026-01-31`. */
function dateText(date: Date | undefined): string | undefined {
  return date?.toISOString().slice(0, 10);
}

function bookReference({ identity, place }: PublishedBook): Thing {
  const url = addressOf(place, place.base);
  return { '@type': 'Book', '@id': `${url}#book`, name: identity.title, url };
}

function rights({ author, language, license }: BookIdentity) {
  return {
    author: { '@type': 'Organization', name: author },
    inLanguage: language,
    license: license.url,
    isAccessibleForFree: true,
  };
}
