/** Marks the words of a search where a result leads. */
import { termsOf } from './found.ts';

/** Name of the highlight in search.css. */
const name = 'found';

/** Marks them once the page of the link is there, until the reader goes to another; the link itself is left to the router. */
export function followWithMarks({ hash, href }: HTMLAnchorElement, query: string): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete(name);
  const terms = termsOf(query);
  const show = () => {
    if (location.href === href) CSS.highlights.set(name, new Highlight(...rangesOf(placeOf(hash), terms)));
  };
  const isHere = location.href.split('#')[0] === href.split('#')[0];
  if (isHere) requestAnimationFrame(show);
  else document.addEventListener('astro:page-load', show, { once: true });
}

/** The elements of a section, from its heading to the next; a program; or the whole text. */
function placeOf(hash: string): Element[] {
  const anchor = document.getElementById(hash.slice(1));
  if (!anchor) return [...document.querySelectorAll('main')];
  const place: Element[] = [anchor];
  if (!/^H\d$/.test(anchor.tagName)) return place;
  for (
    let next = anchor.nextElementSibling;
    next && !/^H\d$/.test(next.tagName);
    next = next.nextElementSibling
  )
    place.push(next);
  return place;
}

function rangesOf(place: readonly Element[], terms: readonly string[]): Range[] {
  const ranges: Range[] = [];
  for (const element of place) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      const text = node.nodeValue?.toLowerCase() ?? '';
      for (const term of terms) {
        for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + term.length);
          ranges.push(range);
        }
      }
    }
  }
  return ranges;
}
