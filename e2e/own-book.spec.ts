/** Another book from another folder: begun by the command, built, opened, and a program of it run. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { buildAlone } from './served-site.ts';
import { SnippetPage } from './snippet-page.ts';
import { serve } from './static-server.ts';

const tree = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

test('a book of one’s own is begun, built and read', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopbook-own-'));
  const content = join(folder, 'book');
  const site = join(folder, 'site');
  const env = { ...process.env, LOOPBOOK_CONTENT: content };
  const node = (cwd: string, ...args: string[]) => run(process.execPath, args, { cwd, env });
  try {
    const command = join(tree, 'src/book/new-chapter.ts');
    await node(tree, command, 'basics/first', '--title', 'First steps', '--topic', 'A step');
    await node(tree, command, 'basics/second', '--title', 'Further steps', '--topic', 'Another step');
    // A book whose programs import no package needs none; they are packed below the working directory.
    await node(folder, join(tree, 'src/snippet/pack.ts'));
    expect(await readFile(join(folder, 'public/packages/NOTICES.txt'), 'utf8')).toContain('no npm packages');
    const astro = join(tree, 'node_modules/astro/bin/astro.mjs');
    await buildAlone(() => node(tree, astro, 'build', '--outDir', site));
    const { server, url } = await serve({ directory: site, port: 0, base: '/', hasHeaders: true });
    try {
      await page.goto(url);
      await expect(page).toHaveTitle('A book');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Programs that run in the page');
      await expect(page.locator('body')).not.toContainText('Loopbook');
      await page.getByRole('link', { name: 'Further steps' }).first().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Further steps');
      await expect(page.getByRole('link', { name: 'First steps' }).first()).toBeVisible();

      const book = new SnippetPage(page);
      await book.open(`${url}basics/first/`);
      const { run: runButton, result, output } = book.snippet('A first program');
      await runButton.click();
      await expect(result).toHaveText('Exited with code 0. Same as the recorded output.');
      await expect(output).toHaveText('It runs.');
    } finally {
      server.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
