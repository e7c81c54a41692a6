/** Readers who want nothing to move, and readers who choose the colours themselves. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CHAPTER, ReadingPage } from './reading-page.ts';
import { SnippetPage } from './snippet-page.ts';

/** Notes whatever begins to move: animations and transitions that last, and scrolling on the way. */
async function noteMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const noted: string[] = [];
    Object.assign(window, { noted });
    const note = ({ target, type }: Event) => {
      const lasting = document.getAnimations().filter(({ effect }) => {
        const duration = effect?.getComputedTiming().duration;
        return typeof duration === 'number' && duration > 0;
      });
      if (lasting.length > 0 && target instanceof Element)
        noted.push(`${type} of ${target.className || target.tagName}`);
    };
    for (const type of ['animationstart', 'transitionrun']) addEventListener(type, note, true);
  });
  // True: the script above put it there.
  return () => page.evaluate(() => Reflect.get(window, 'noted') as string[]);
}

/** Reads, edits, runs, opens menus, and goes to the next chapter. */
async function doMuch(page: Page): Promise<void> {
  const book = new SnippetPage(page);
  await book.open(CHAPTER);
  const reading = new ReadingPage(page);
  const snippet = book.snippet('A delay does not hold up the next line');
  await snippet.choose('Embedded engine');
  await snippet.run.hover();
  await snippet.write("setTimeout(() => console.log('late'), 500);");
  await snippet.run.click();
  await expect(snippet.output).toHaveText('late');
  await snippet.more.click();
  await page.keyboard.press('Escape');
  await reading.theme.selectOption('Dark');
  await reading.sections.getByRole('link', { name: 'Further reading' }).click();
  await expect(reading.current).toHaveText(['Further reading']);
  await reading.pager.getByRole('link', { name: /^Next/ }).click();
  await expect(reading.title).toHaveText('The REPL and running programs');
  await page.goBack();
  await expect(reading.title).toHaveText('What Node is and why it exists');
}

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves', async ({ page }) => {
    const motion = await noteMotion(page);
    await doMuch(page);
    expect(await motion()).toEqual([]);
  });

  test('the cursor of the editor does not blink', async ({ page }) => {
    const book = new SnippetPage(page);
    await book.open(CHAPTER);
    const snippet = book.snippet('A delay does not hold up the next line');
    await snippet.write('');
    await expect(snippet.figure.locator('.cm-cursorLayer')).toHaveCSS('animation-duration', '0s');
  });
});

test('without it, what moves is seen by the test above', async ({ page }) => {
  const motion = await noteMotion(page);
  await doMuch(page);
  expect((await motion()).length).toBeGreaterThan(0);
});

test.describe('with colours of the reader', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  test('what is current, and what can be pressed, is told by more than colour', async ({ page }) => {
    await page.goto(CHAPTER);
    const reading = new ReadingPage(page);
    const link = reading.sections.getByRole('link', { name: 'Try it' });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'location');
    const other = reading.sections.getByRole('link', { name: 'Exercise' });
    const border = (locator: typeof link) =>
      locator.evaluate(
        (element) => getComputedStyle(element).borderLeftStyle + getComputedStyle(element).borderLeftColor,
      );
    expect(await border(link)).not.toBe(await border(other));
    await expect(page.getByRole('button', { name: 'Run', exact: true }).first()).toHaveCSS(
      'border-style',
      'solid',
    );
  });
});
