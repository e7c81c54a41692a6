/** A reader runs the book's programs in a WebContainer: the built site, the unmodified client, the awkward service. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Snippet } from './snippet-page.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';

const EVENT_LOOP = 'understanding-node/event-loop';
const HTTP = 'networks-and-web-servers/http';
const V8 = 'understanding-node/v8';

/** Opens a chapter; `initDeadline` in milliseconds is what the site would be built with; long by default. */
async function open(page: Page, chapter: string, initDeadline = 120_000): Promise<void> {
  // The site's limit for the first answer of the service, which no test here is about.
  await page.addInitScript(() => {
    AbortSignal.timeout = () => new AbortController().signal;
  });
  await page.goto(`${chapter}/`);
  await page.evaluate(
    (deadline) => (document.documentElement.dataset['bootDeadline'] = deadline),
    `${initDeadline}`,
  );
}

/** The first two programs of the page that is open. */
async function firstTwo(page: Page): Promise<[Snippet, Snippet]> {
  const figures = page.locator('node-snippet figure');
  const title = async (index: number) => (await figures.nth(index).getAttribute('aria-label')) ?? '';
  return [new Snippet(page, await title(0)), new Snippet(page, await title(1))];
}

/** Waits until a program has ended as its recording did, in the engine of this name. */
async function expectRecorded(snippet: Snippet, engine: 'WebContainer' | 'Embedded engine'): Promise<void> {
  // First of all, as an earlier run may have ended in another engine.
  await expect(snippet.engine).toHaveAccessibleName(`Engine: ${engine}`);
  await snippet.expectState('exited');
  await expect(snippet.result).toContainText('Same as the recorded output.');
}

test('runs a block that nobody edited, and asks for nothing before', async ({ context, page }) => {
  const double = await installWebContainerDouble(context, { printsAfterExit: true });
  await open(page, EVENT_LOOP);
  const [snippet] = await firstTwo(page);
  await snippet.expectState('idle');
  expect(double.requests).toEqual([]);
  await snippet.run.click();
  await expectRecorded(snippet, 'WebContainer');
  expect(double.containerCount).toBe(1);
});

test('streams stdout and stderr apart, and tells the exit code', async ({ context, page }) => {
  await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [snippet] = await firstTwo(page);
  await snippet.write(
    `console.log('to stdout'); console.error('to stderr'); setImmediate(() => process.exit(3));`,
  );
  await snippet.run.click();
  await snippet.expectState('exited');
  await expect(snippet.output.locator('[data-stream=stdout]')).toContainText('to stdout');
  await expect(snippet.output.locator('[data-stream=stderr]')).toContainText('to stderr');
  await expect(snippet.element).toContainText('Exited with code 3.');
});

test('types into the terminal of a program that reads', async ({ context, page }) => {
  await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [snippet] = await firstTwo(page);
  await snippet.write(
    "import { createInterface } from 'node:readline/promises';\n" +
      'const lines = createInterface({ input: process.stdin, output: process.stdout });\n' +
      "console.log(`Hello, ${await lines.question('Name? ')}.`);\nlines.close();",
  );
  await snippet.run.click();
  // The code has these words, too.
  await expect(snippet.figure.locator('.xterm-rows')).toContainText('Name?');
  await expect(snippet.terminal).toBeFocused();
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await snippet.expectState('exited');
  await expect(snippet.output).toContainText('Hello, Ada.');
});

test('sends the requests of the chapter to a server', async ({ context, page }) => {
  await installWebContainerDouble(context);
  await open(page, HTTP);
  const snippet = new Snippet(page, 'A shelf of books, as JSON');
  await snippet.run.click();
  await snippet.figure.getByRole('button', { name: 'Add a book' }).click();
  await expect(snippet.figure.getByText('Same as recorded on real Node.')).toBeVisible();
  await snippet.stop.click();
  await snippet.expectState('stopped');
});

test('stops a hot loop that ignores the kill; edits stay, and the next run boots another container', async ({
  context,
  page,
}) => {
  const double = await installWebContainerDouble(context, { ignoresKill: true });
  await open(page, EVENT_LOOP);
  const [snippet, other] = await firstTwo(page);
  await snippet.write(`console.log('looping'); for (;;);`);
  await snippet.run.click();
  await expect(snippet.output).toContainText('looping');
  await snippet.expectState('running');
  await snippet.stop.click();
  await snippet.expectState('stopped');
  await expect(snippet.element).toContainText('for (;;);');

  await other.run.click();
  await expectRecorded(other, 'WebContainer');
  expect(double.containerCount).toBe(2);
  await snippet.reset.click();
  await expect(snippet.element).not.toContainText('for (;;);');
  await snippet.run.click();
  await expectRecorded(snippet, 'WebContainer');
});

test('falls back at once when the service cannot be reached, says so, and tries again when asked', async ({
  context,
  page,
}) => {
  const double = await installWebContainerDouble(context, { service: 'unreachable' });
  await open(page, EVENT_LOOP);
  const [snippet, other] = await firstTwo(page);
  await snippet.run.click();
  await expectRecorded(snippet, 'Embedded engine');
  const asked = double.requests.length;
  double.behaviour.service = 'up';
  await other.run.click();
  await expectRecorded(other, 'Embedded engine');
  expect(double.requests.length).toBe(asked);

  await snippet.engine.click();
  await expect(snippet.element).toContainText('Could not reach the WebContainer service.');
  await snippet.tryWebContainerAgain();
  await page.keyboard.press('Escape');
  await snippet.run.click();
  // What the page says of the run before would do for the next line.
  await expect.poll(() => double.containerCount).toBe(1);
  await expectRecorded(snippet, 'WebContainer');
});

for (const [name, behaviour] of [
  ['a boot that never answers', { frame: 'silent' }],
  ['a blocked frame', { frame: 'blocked' }],
  ['an answer of 503', { service: 'unavailable' }],
] as const) {
  test(`falls back after ${name}`, async ({ context, page }) => {
    await installWebContainerDouble(context, behaviour);
    await open(page, EVENT_LOOP, 500);
    const [snippet] = await firstTwo(page);
    await snippet.run.click();
    await expectRecorded(snippet, 'Embedded engine');
  });
}

test('need not wait: the reader runs it in the embedded engine, and a late service serves the next run', async ({
  context,
  page,
}) => {
  const double = await installWebContainerDouble(context, { frame: 'late' });
  await open(page, EVENT_LOOP);
  const [snippet] = await firstTwo(page);
  await snippet.run.click();
  await snippet.expectState('booting');
  await snippet.figure.getByRole('button', { name: 'Run it in the embedded engine now' }).click();
  await expectRecorded(snippet, 'Embedded engine');
  double.letFrameAnswer();
  await expect.poll(() => double.containerCount).toBe(1);
  await snippet.run.click();
  await expectRecorded(snippet, 'WebContainer');
});

test('runs a second block while the first one serves', async ({ context, page }) => {
  const double = await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [snippet, other] = await firstTwo(page);
  await snippet.write(
    `import { createServer } from 'node:http'; createServer().listen(0, () => console.log('waiting'));`,
  );
  await snippet.run.click();
  await expect(snippet.output).toContainText('waiting');
  await other.run.click();
  await expectRecorded(other, 'WebContainer');
  await snippet.expectState('running');
  await snippet.stop.click();
  await snippet.expectState('stopped');
  expect(double.containerCount).toBe(1);
});

test('keeps its container from page to page', async ({ context, page }) => {
  const double = await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [before] = await firstTwo(page);
  await before.run.click();
  await expectRecorded(before, 'WebContainer');

  await page.locator(`a[href$="/${V8}/"]:visible`).first().click();
  await expect(page).toHaveURL(new RegExp(`/${V8}/$`));
  const [after] = await firstTwo(page);
  await after.run.click();
  await expectRecorded(after, 'WebContainer');
  expect(double.containerCount).toBe(1);
});
