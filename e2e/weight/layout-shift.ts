/** Whether anything on a page moves by itself while it loads, while what is kept of the reader arrives, and while the reader scrolls. */
import { expect as expectNow } from '@playwright/test';
import type { Page } from '@playwright/test';
import { noteShifts, notedShifts, type LayoutShift } from '../layout-shifts.ts';
import { firstModule } from '../snippet-page.ts';
import { Visit, type VisitOptions } from './visit.ts';

/** Waits as long as a busy machine takes. */
const expect = expectNow.configure({ timeout: 60_000 });

/** A phone and a laptop. */
const windows = [
  { width: 390, height: 844 },
  { width: 1366, height: 900 },
];

/** A visit on which something is shifted, in words, and what. */
export interface UnsteadyVisit {
  readonly name: string;
  readonly shifts: readonly LayoutShift[];
}

/**
 * Opens each page as a new reader, as one whose line is slow, and as one who has changed the first program of `chapter` and
 * read it, in a narrow and in a wide window. Resolves with the visits on which something moved.
 */
export async function findShifts(
  options: VisitOptions,
  paths: readonly string[],
  chapter: string,
): Promise<UnsteadyVisit[]> {
  const unsteady: UnsteadyVisit[] = [];
  for (const viewport of windows) {
    const look = async (visit: Visit, path: string, reader: string) => {
      await visit.open(path);
      await scrollThrough(visit.page);
      const shifts = (await notedShifts(visit.page)).filter(({ isExpected }) => !isExpected);
      if (shifts.length > 0)
        unsteady.push({ name: `/${path} at ${viewport.width} pixels, ${reader}`, shifts });
    };
    for (const path of paths)
      for (const isSlow of [false, true]) {
        const visit = await observedVisit({ ...options, viewport, isSlow });
        await look(visit, path, isSlow ? 'over a slow line' : 'on a first visit');
        await visit.end();
      }
    const visit = await observedVisit({ ...options, viewport });
    await leaveTraces(visit, chapter);
    for (const path of paths) await look(visit, path, 'with something kept');
    await visit.end();
  }
  return unsteady;
}

/** Begins a visit on which every page notes what moves on it. */
async function observedVisit(options: VisitOptions): Promise<Visit> {
  const visit = await Visit.begin(options);
  await noteShifts(visit.page);
  return visit;
}

/** Reads a chapter to its end, and changes its first program. */
async function leaveTraces(visit: Visit, chapter: string): Promise<void> {
  await visit.open(chapter);
  await scrollThrough(visit.page);
  await expect(visit.page.getByText('You have read this chapter.')).toBeVisible();
  const snippet = await firstModule(visit.page);
  // The program stays as long as it was: a longer or shorter one takes its room when it is there.
  const code = await snippet.figure.locator('pre[data-file]').textContent();
  await snippet.write(`${code?.trimEnd()} //\n`);
  await expect(snippet.reset).toBeVisible();
  await snippet.untilKept();
  // It has been kept when another page has it.
  await visit.open(chapter);
  await expect(snippet.reset).toBeVisible();
}

/** Goes to the end of a page, a window at a time, as fast as it is painted. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const painted = () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
    await document.fonts.ready;
    while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
      const before = scrollY;
      scrollBy({ top: innerHeight, behavior: 'instant' });
      await painted();
      if (scrollY === before) break;
    }
    await painted();
  });
}
