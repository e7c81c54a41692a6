/** Makes the places that an output names ways into the editor. */
import { findPlaces } from './places.ts';
import type { FilePlace } from './places.ts';

/** Turns each place of the given files in the text of an element into a button; text that is one already stays so. */
export function linkPlaces(
  output: HTMLElement,
  files: readonly string[],
  go: (place: FilePlace) => void,
): void {
  const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text && !node.parentElement?.closest('button')) texts.push(node);
  for (const text of texts) {
    // From the end, so that what comes before keeps its place.
    for (const place of findPlaces(text.data, files).toReversed()) {
      const named = text.splitText(place.start);
      named.splitText(place.end - place.start);
      named.replaceWith(createLink(named.data, place, go));
    }
  }
}

function createLink(
  text: string,
  { file, line, column }: FilePlace,
  go: (place: FilePlace) => void,
): HTMLElement {
  const link = document.createElement('button');
  link.type = 'button';
  link.className = 'plate-place';
  link.textContent = text;
  link.title = `Show line ${line} of ${file}`;
  link.addEventListener('click', () => go({ file, line, ...(column === undefined ? {} : { column }) }));
  return link;
}
