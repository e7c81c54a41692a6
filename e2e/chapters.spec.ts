/** Every chapter as a reader works through it: each program runs on the page, each exercise is solved there. */
import { expect, test } from '@playwright/test';
import { readSolutions } from './known-answers.ts';
import { CHAPTERS, readManifest } from './recordings.ts';
import { Snippet, SnippetPage, writeCode } from './snippet-page.ts';

const solutions = readSolutions();

for (const id of CHAPTERS) {
  test(`${id}: programs print on the page what was recorded`, async ({ page }) => {
    const snippets = await readManifest(id);
    const scripts = snippets.filter(({ kind, engine }) => kind === 'script' && engine !== 'webcontainer');
    const book = new SnippetPage(page);
    await book.open(`${id}/`);
    const bound = snippets.filter(({ engine }) => engine !== 'any');
    await expect(page.getByText(/^Runs in (?:a WebContainer|the embedded engine), not /)).toHaveCount(
      bound.length,
    );
    await book.snippet(scripts[0]?.title ?? '').choose('Embedded engine');
    for (const { title, isVarying, expected } of scripts) {
      await test.step(title, async () => {
        const { element, run } = book.snippet(title);
        await run.click();
        await expect.soft(element, title).toHaveAttribute('data-exit-code', String(expected.exitCode));
        if (!isVarying) await expect.soft(element, title).toHaveAttribute('data-same', 'true');
      });
    }
  });

  test(`${id}: exercises are solved on the page`, async ({ page }) => {
    await new SnippetPage(page).open(`${id}/`);
    for (const [exercise, files] of solutions) {
      if (!exercise.startsWith(`${id}/`)) continue;
      const element = page.locator(`#exercise-${exercise.slice(id.length + 1)}`);
      const answer = new Snippet(page, 'Your answer', element);
      await answer.choose('Embedded engine');
      await answer.edit.click();
      await expect(answer.editor.first()).toBeVisible();
      for (const [file, text] of Object.entries(files)) {
        const editor = answer.file(file).filter({ visible: true });
        if ((await editor.count()) > 0) await writeCode(editor, text);
      }
      await element.getByRole('button', { name: 'Check my answer' }).click();
      await expect(element.getByText(/^All \d+ checks pass\.$/)).toBeVisible();
    }
  });

  test(`${id}: nothing is wider than a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${id}/`);
    const overflow = ({ scrollWidth, clientWidth }: Element) => scrollWidth - clientWidth;
    expect(await page.locator('html').evaluate(overflow)).toBeLessThanOrEqual(0);
  });
}
