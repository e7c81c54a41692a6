/** The first acts of a reader on a program. Each resolves when what it is for is on the page, and rejects if it never is. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Snippet } from '../snippet-page.ts';

/** What a part of the playground is loaded for, and what shows that it is there. */
export interface Occasion {
  readonly code: string;
  /** Selector. */
  readonly shows: string;
  /** A tab that the reader chooses before. */
  readonly tab?: string;
}

/** It clears the screen and waits for a line. */
export const terminal: Occasion = {
  code: String.raw`process.stdout.write('\x1b[2J'); process.stdin.once('data', () => process.exit());`,
  shows: '.xterm-screen',
};

/** It serves a page, so that there is something to preview. */
export const server: Occasion = {
  code: `import { createServer } from 'node:http';
    createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Page</title>');
    }).listen(3000);`,
  tab: 'Preview',
  shows: '.server-pane iframe',
};

/** Milliseconds on a busy machine. */
const patience = { timeout: 60_000 };

/** Clicks into the code, and types something that TypeScript can complete. */
export async function edit(page: Page, { figure, editor }: Snippet): Promise<void> {
  await figure.locator('pre[data-file]').click();
  await expect(editor).toBeFocused(patience);
  // By its keys, as `writeCode` does, and a character at a time.
  await editor.press('ControlOrMeta+a');
  await page.keyboard.type('process.');
  await expect(page.getByRole('listbox')).toBeVisible(patience);
}

/** Runs the program to its end. */
export async function run(snippet: Snippet): Promise<void> {
  await snippet.run.click();
  await snippet.expectState('exited', patience);
}

/** Runs the program until it shows what it is for. */
export async function runUntil(snippet: Snippet, { shows, tab }: Occasion): Promise<void> {
  await snippet.run.click();
  if (tab !== undefined) await snippet.servers.getByRole('tab', { name: tab }).click(patience);
  await expect(snippet.element.locator(shows).first()).toBeVisible(patience);
}
