/** What a page refers to, and what can be referred to in it. */
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';

/** An address as it is written. */
export interface Reference {
  readonly address: string;
  readonly line: number;
  /** What is written, such as `a[href]`. */
  readonly from: string;
}

/** The references of a page and its anchors. */
export interface PageReferences {
  readonly references: readonly Reference[];
  /** Ids of its elements. */
  readonly ids: ReadonlySet<string>;
  /** Ids that more than one element has. */
  readonly repeated: readonly string[];
}

/** Attributes that hold one address, in the names that hast gives them; `content` is one for pictures of link previews. */
const single = ['href', 'src', 'data', 'poster', 'action', 'formAction', 'xLinkHref'] as const;
/** Attributes that hold several, each with its size. */
const several = ['srcSet', 'imageSrcSet'] as const;
const previewPictures = /^(?:og:(?:image|url)|twitter:image)$/;

/** Reads a page; what stands in `<noscript>` and `<template>` belongs to it. */
export function readReferences(html: string): PageReferences {
  const references: Reference[] = [];
  const ids = new Set<string>();
  const repeated: string[] = [];
  const visit = (parent: Root | Element): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      const { id } = child.properties;
      if (typeof id === 'string' && ids.has(id)) repeated.push(id);
      if (typeof id === 'string') ids.add(id);
      references.push(...referencesOf(child));
      visit(child);
      if (child.content) visit(child.content);
    }
  };
  visit(fromHtml(html));
  return { references, ids, repeated };
}

function referencesOf({ tagName, properties, position }: Element): Reference[] {
  const found: Reference[] = [];
  const add = (name: string, address: unknown) => {
    if (typeof address !== 'string') return;
    found.push({ address, line: position?.start.line ?? 0, from: `${tagName}[${name.toLowerCase()}]` });
  };
  for (const name of single) add(name, properties[name]);
  for (const name of several) {
    const { [name]: list } = properties;
    for (const candidate of typeof list === 'string' ? list.split(/,\s+/) : [])
      add(name, candidate.trim().split(/\s+/)[0]);
  }
  if (tagName === 'meta' && previewPictures.test(String(properties['property'] ?? properties['name'])))
    add('content', properties['content']);
  return found;
}
