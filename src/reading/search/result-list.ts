/** What was found, as a list of links: each page with its sections and programs. */
import { make, uniqueId } from '../../playground/element.ts';
import type { FoundPage, FoundSection, Piece } from './found.ts';

/** Sections of a page that are shown. */
const sectionCount = 4;

/** The list; text comes into it as text. */
export function resultList(pages: readonly FoundPage[]): HTMLOListElement {
  return make('ol', { class: 'search-results' }, ...pages.map(pageItem));
}

function pageItem({ href, title, place, excerpt, sections }: FoundPage): HTMLLIElement {
  const heading = make('h2', { class: 'search-page-title' }, link(href, title));
  const item = make('li', { class: 'search-page' }, heading);
  if (place !== '') item.append(make('p', { class: 'search-place', text: place }));
  if (excerpt.length > 0) item.append(make('p', { class: 'search-excerpt' }, ...excerpt.map(node)));
  if (sections.length > 0)
    item.append(
      make('ul', { class: 'search-sections' }, ...sections.slice(0, sectionCount).map(sectionItem)),
    );
  return item;
}

function sectionItem({ href, title, isProgram, excerpt }: FoundSection): HTMLLIElement {
  const anchor = link(href, title);
  const text = isProgram
    ? make('pre', { class: 'search-code' }, make('code', {}, ...excerpt.map(node)))
    : make('p', { class: 'search-excerpt' }, ...excerpt.map(node));
  text.id = uniqueId();
  anchor.setAttribute('aria-describedby', text.id);
  const heading = make('p', { class: 'search-section-title' }, anchor);
  if (isProgram) heading.append(' ', make('span', { class: 'search-kind', text: 'Program' }));
  const item = make('li', { class: 'search-section' }, heading);
  if (excerpt.length > 0) item.append(text);
  else anchor.removeAttribute('aria-describedby');
  return item;
}

function link(href: string, title: readonly Piece[]): HTMLAnchorElement {
  const anchor = make('a', {}, ...title.map(node));
  anchor.href = href;
  return anchor;
}

function node({ text, isFound }: Piece): Node {
  return isFound ? make('mark', { text }) : document.createTextNode(text);
}
