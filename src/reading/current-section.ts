/** Marks the section that is being read in the lists of sections, and names it where the list is folded. */

import './reading-place.ts';

/** Sections are passed at this line, a quarter of the screen below its upper edge; far above it they still are. */
const untilLine = { rootMargin: '99999% 0% -75%' };
let observers: readonly IntersectionObserver[] = [];

/** Follows the reader on the page that is there now. */
function follow(): void {
  for (const observer of observers) observer.disconnect();
  const headings = [...document.querySelectorAll('.prose > h2')];
  const end = document.querySelector('.colophon');
  const passed = new Set<Element | null>();
  const notice: IntersectionObserverCallback = (entries) => {
    for (const { isIntersecting, target } of entries) passed[isIntersecting ? 'add' : 'delete'](target);
    // The last section may be too short to come up to the line.
    show(passed.has(end) ? headings.at(-1) : headings.findLast((heading) => passed.has(heading)));
  };
  const [byLine, byEnd] = [new IntersectionObserver(notice, untilLine), new IntersectionObserver(notice)];
  for (const heading of headings) byLine.observe(heading);
  if (end) byEnd.observe(end);
  observers = [byLine, byEnd];
}

function show(section: Element | undefined): void {
  let title = '';
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.page-contents a')) {
    const isCurrent = link.hash === `#${section?.id}`;
    link.ariaCurrent = isCurrent ? 'location' : null;
    if (isCurrent) title = link.text;
  }
  const place = document.querySelector('.bar-section');
  if (place) place.textContent = title;
}

follow();
document.addEventListener('astro:page-load', follow);
