/** A page of an EPUB: an XHTML document. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { toXast } from 'hast-util-to-xast';
import { toXml } from 'xast-util-to-xml';

/** A file of an EPUB that a reader sees. */
export interface Page {
  /** Name beside the package file: `chapter-04-event-loop.xhtml`. */
  readonly name: string;
  readonly xhtml: string;
  readonly hasPictures: boolean;
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\0-\x08\v\f\x0e-\x1f]/g;

/** Writes a page; `kind` is its type in the vocabulary of EPUB, such as `chapter`. */
export function writePage(
  name: string,
  language: string,
  title: string,
  kind: string,
  content: readonly ElementContent[],
): Page {
  const html = h(
    'html',
    { xmlns: 'http://www.w3.org/1999/xhtml', 'xmlns:epub': 'http://www.idpf.org/2007/ops', lang: language },
    [
      h('head', [h('title', title), h('link', { rel: 'stylesheet', href: 'book.css' })]),
      h('body', { 'epub:type': kind }, [...content]),
    ],
  );
  html.properties['xml:lang'] = language;
  return {
    name,
    xhtml: `<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n${toXml(toXast(withoutControls(html)))}\n`,
    hasPictures: hasPicture(html),
  };
}

/** Control characters, which programs may print and XML may not contain, become the sign for what is no character. */
function withoutControls(element: Element): Element {
  return {
    ...element,
    children: element.children.map((child): ElementContent => {
      if (child.type === 'element') return withoutControls(child);
      return child.type === 'text' ? { ...child, value: child.value.replace(control, '\u{fffd}') } : child;
    }),
  };
}

function hasPicture(node: Element): boolean {
  return (
    node.tagName === 'svg' || node.children.some((child) => child.type === 'element' && hasPicture(child))
  );
}
