/** The files around an EPUB's pages: where the package is, and what it contains. */
import { createHash } from 'node:crypto';
import type { Element } from 'xast';
import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import type { Edition } from '../edition.ts';
import type { Page } from './page.ts';
import { pageNames } from './pages.ts';

/** A file of the book that is not a page. */
export interface Resource {
  readonly name: string;
  readonly mediaType: string;
  readonly properties?: string;
}

/** Says where the package file is. Source: https://www.w3.org/TR/epub-33/#sec-container-metainf-container.xml */
export function containerFile(packagePath: string): string {
  return document(
    x('container', { version: '1.0', xmlns: 'urn:oasis:names:tc:opendocument:xmlns:container' }, [
      x('rootfiles', [
        x('rootfile', { 'full-path': packagePath, 'media-type': 'application/oebps-package+xml' }),
      ]),
    ]),
  );
}

/** Metadata, files and reading order. Source: https://www.w3.org/TR/epub-33/#sec-package-doc */
export function packageFile(
  edition: Edition,
  pages: readonly Page[],
  resources: readonly Resource[],
): string {
  const { language } = edition.identity;
  return document(
    x(
      'package',
      {
        xmlns: 'http://www.idpf.org/2007/opf',
        version: '3.0',
        'unique-identifier': 'id',
        'xml:lang': language,
      },
      [metadata(edition), manifest(pages, resources), spine(pages)],
    ),
  );
}

function metadata({ identity, date }: Edition): Element {
  const { title, description, author, language, license } = identity;
  const day = date.toISOString().slice(0, 10);
  const properties: readonly (readonly [property: string, value: string])[] = [
    ['dcterms:modified', date.toISOString().replace(/\.\d+Z$/, 'Z')],
    ['schema:accessMode', 'textual'],
    ['schema:accessMode', 'visual'],
    ['schema:accessModeSufficient', 'textual'],
    ...['alternativeText', 'readingOrder', 'structuralNavigation', 'tableOfContents'].map(
      (feature) => ['schema:accessibilityFeature', feature] as const,
    ),
    ['schema:accessibilityHazard', 'none'],
    ['schema:accessibilitySummary', 'Every drawing has a description; code and output are text.'],
  ];
  return x('metadata', { 'xmlns:dc': 'http://purl.org/dc/elements/1.1/' }, [
    x('dc:identifier', { id: 'id' }, identifierOf(`${title}\n${author}\n${language}`)),
    x('dc:title', title),
    x('dc:language', language),
    x('dc:creator', author),
    x('dc:description', description),
    x('dc:rights', `${license.name}, ${license.url}`),
    x('dc:date', day),
    x('meta', { name: 'cover', content: 'cover-image' }),
    ...properties.map(([property, value]) => x('meta', { property }, value)),
  ]);
}

function manifest(pages: readonly Page[], resources: readonly Resource[]): Element {
  return x('manifest', [
    ...pages.map(({ name, hasPictures }) =>
      x('item', {
        id: idOf(name),
        href: name,
        'media-type': 'application/xhtml+xml',
        ...propertiesAttribute(name === pageNames.contents ? 'nav' : hasPictures ? 'svg' : undefined),
      }),
    ),
    ...resources.map(({ name, mediaType, properties }) =>
      x('item', {
        id: properties ?? idOf(name),
        href: name,
        'media-type': mediaType,
        ...propertiesAttribute(properties),
      }),
    ),
  ]);
}

function spine(pages: readonly Page[]): Element {
  return x(
    'spine',
    pages.map(({ name }) => x('itemref', { idref: idOf(name) })),
  );
}

function propertiesAttribute(properties: string | undefined): Record<string, string> {
  return properties === undefined ? {} : { properties };
}

function idOf(name: string): string {
  return name.replace(/\.\w+$/, '').replace(/[^\w-]/g, '-');
}

/** A UUID that stays the same from edition to edition: version 5 of RFC 9562, without a name space. */
function identifierOf(name: string): string {
  const bytes = createHash('sha1').update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
}

function document(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${toXml(root)}\n`;
}
