/** What moves on a page, as the browser reports it: https://wicg.github.io/layout-instability/ */
import type { Page } from '@playwright/test';

/** One move. */
export interface LayoutShift {
  /** Part of the window that moved, times how far. */
  readonly value: number;
  /** Whether the reader pressed or clicked something right before. */
  readonly isExpected: boolean;
  /** What moved, as selectors, with its place before and after. */
  readonly elements: readonly string[];
}

declare global {
  // A global of the page has to be a `var`.
  // eslint-disable-next-line eslint/no-var
  var layoutShifts: LayoutShift[];
}

/**
 * From now on every page that is opened in this one notes what moves on it. While a page arrives, its text and tables may be
 * painted before they are whole: a word does not fit on its line when the rest of it has come, and a column becomes wider. That
 * is not noted.
 */
export async function noteShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // An entry of the kind that is observed, which the DOM's types do not know yet.
    type Entry = PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    };
    const elementOf = (node: Node | null) => (node instanceof Element ? node : node?.parentElement);
    const nameOf = (node: Node | null): string => {
      const element = elementOf(node);
      if (!element) return 'something that is gone';
      const { id, classList, localName } = element;
      return [localName, ...classList].join('.') + (id && `#${id}`);
    };
    const isText = (node: Node | null) => Boolean(elementOf(node)?.closest('p, li, pre, table, figcaption'));
    const describe = ({ x, y, width, height }: DOMRectReadOnly) =>
      `${Math.round(width)}×${Math.round(height)} at ${Math.round(x)}, ${Math.round(y)}`;
    // The last piece is painted in the frame after it was read.
    let arrived = Infinity;
    addEventListener('DOMContentLoaded', () =>
      requestAnimationFrame(() => requestAnimationFrame((time) => (arrived = time))),
    );
    globalThis.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const { startTime, value, hadRecentInput, sources } of list.getEntries() as Entry[])
        if (startTime >= arrived || !sources.every(({ node }) => isText(node)))
          globalThis.layoutShifts.push({
            value,
            isExpected: hadRecentInput,
            elements: sources.map(
              ({ node, previousRect, currentRect }) =>
                `${nameOf(node)} ${describe(previousRect)} → ${describe(currentRect)}`,
            ),
          });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What has moved on the page since it was opened, once the frame that is being painted has been told. */
export async function notedShifts(page: Page): Promise<LayoutShift[]> {
  return page.evaluate(async () => {
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    return globalThis.layoutShifts;
  });
}
