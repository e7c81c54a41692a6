/** What a chapter builds on and leads to, shown on the map: on its picture, in its list, and in words. */

/** How a chapter is tied to the one that is pointed at. */
type Tie = 'self' | 'base' | 'next';

/** Marks what is tied to the chapter that the reader points at or moved to; otherwise nothing. */
export class MapTies {
  readonly #root: HTMLElement;
  #shown: string | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** The reader points at this, or moved to it: a pointer that leaves all chapters gives way to the one with the focus. */
  point(target: Element): void {
    const pointed = numberOf(target) ?? numberOf(document.activeElement);
    if (pointed === this.#shown) return;
    this.#shown = pointed;
    const item =
      pointed === undefined
        ? null
        : this.#root.querySelector<HTMLElement>(`.map-chapter[data-number="${pointed}"]`);
    const ties = new Map<string, Tie>();
    for (const number of numbersIn(item?.dataset['buildsOn'])) ties.set(number, 'base');
    for (const number of numbersIn(item?.dataset['leadsTo'])) ties.set(number, 'next');
    if (pointed !== undefined) ties.set(pointed, 'self');
    for (const stop of this.#root.querySelectorAll<HTMLElement | SVGElement>('[data-number]'))
      mark(stop, ties.get(stop.dataset['number'] ?? ''));
    for (const row of this.#root.querySelectorAll<HTMLElement>('.map-chapter'))
      label(row, ties.get(row.dataset['number'] ?? ''), pointed);
    for (const line of this.#root.querySelectorAll<SVGElement>('.loop-tie'))
      mark(
        line,
        line.dataset['to'] === pointed ? 'base' : line.dataset['from'] === pointed ? 'next' : undefined,
      );
    this.#root.querySelector('.loop')?.classList.toggle('is-pointed', item !== null);
    this.#say(item);
  }

  #say(item: HTMLElement | null): void {
    const words = this.#root.querySelector<HTMLElement>('[data-part=words]');
    if (!words) return;
    words.textContent = item ? describe(item) : (words.dataset['rest'] ?? '');
  }
}

function describe(item: HTMLElement): string {
  const { number = '', buildsOn, leadsTo } = item.dataset;
  const title = item.querySelector('[data-filter-text]')?.textContent ?? '';
  const tied = (words: string, numbers: readonly string[]) =>
    numbers.length === 0 ? [] : [`${words} ${new Intl.ListFormat('en').format(numbers)}.`];
  const isWritten = !item.classList.contains('is-unwritten');
  return [
    `${number} ${title}${isWritten ? '.' : ', not written yet.'}`,
    ...tied('Builds on', numbersIn(buildsOn)),
    ...tied('Leads to', numbersIn(leadsTo)),
  ].join(' ');
}

/** Says in the list how a chapter is tied to the one that is pointed at. */
function label(item: HTMLElement, tie: Tie | undefined, pointed: string | undefined): void {
  const words = tie === 'base' ? `${pointed} builds on this` : tie === 'next' ? `builds on ${pointed}` : '';
  if (words === '') delete item.dataset['tieWords'];
  else item.dataset['tieWords'] = words;
}

function mark(element: HTMLElement | SVGElement, tie: Tie | undefined): void {
  if (tie === undefined) delete element.dataset['tie'];
  else element.dataset['tie'] = tie;
}

function numbersIn(list: string | undefined): string[] {
  return list === undefined || list === '' ? [] : list.split(' ');
}

function numberOf(element: Element | null): string | undefined {
  return element?.closest<HTMLElement | SVGElement>('[data-number]')?.dataset['number'];
}
