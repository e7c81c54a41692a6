/**
 * Brings the reader back to the paragraph or program that was at the upper edge of the screen. The router knows only how far the
 * page was scrolled, and what the reader changed or ran above that place comes back after it has scrolled.
 */
interface Place {
  /** Among the blocks of the text. */
  readonly index: number;
  /** Pixels below the upper edge of the screen. */
  readonly top: number;
}

function blocks(): Element[] {
  return [...document.querySelectorAll('.prose > *')];
}

/** Notes the place in the entry of the history, beside what the router notes there. */
function note(): void {
  const tops = blocks().map((block) => block.getBoundingClientRect());
  const index = tops.findIndex(({ bottom }) => bottom > 0);
  const place: Place | undefined =
    index < 0 || scrollY === 0 ? undefined : { index, top: tops[index]?.top ?? 0 };
  if (history.state) history.replaceState({ ...history.state, place }, '');
}

function restore(): void {
  // True: `note` wrote it. An entry that it did not write has none.
  const { place } = (history.state ?? {}) as { readonly place?: Place };
  const block = place && blocks()[place.index];
  if (block) scrollBy({ top: block.getBoundingClientRect().top - place.top, behavior: 'instant' });
}

addEventListener('scrollend', note);
// A click need not wait for the end of the scrolling.
document.addEventListener('astro:before-preparation', ({ navigationType }) => {
  if (navigationType !== 'traverse') note();
});
document.addEventListener('astro:after-swap', restore);
