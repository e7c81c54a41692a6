/** A reader runs the book's programs in a WebContainer: the built site, the unmodified client, the awkward service. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Plate } from './plate.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';

const EVENT_LOOP = 'understanding-node/event-loop';
const HTTP = 'networks-and-web-servers/http';

/** Opens a chapter; `initDeadline` in milliseconds is what the site would be built with. */
async function open(page: Page, chapter: string, initDeadline?: number): Promise<void> {
  await page.goto(`${chapter}/`);
  if (initDeadline !== undefined) {
    await page.evaluate(
      (deadline) => (document.documentElement.dataset['bootDeadline'] = deadline),
      `${initDeadline}`,
    );
  }
}

/** The first plates of the page that are open. */
async function plates(page: Page): Promise<[Plate, Plate]> {
  const elements = page.locator('node-snippet');
  const [first, second] = await Promise.all([
    elements.nth(0).getAttribute('data-snippet'),
    elements.nth(1).getAttribute('data-snippet'),
  ]);
  return [new Plate(page, first ?? ''), new Plate(page, second ?? '')];
}

test('runs a block that nobody edited, and asks for nothing before', async ({ context, page }) => {
  const double = await installWebContainerDouble(context, { printsAfterExit: true });
  await open(page, EVENT_LOOP);
  const [plate] = await plates(page);
  await plate.expectState('idle');
  expect(double.requests).toEqual([]);
  await plate.run();
  await plate.expectRecorded('WebContainer');
  expect(double.containerCount).toBe(1);
});

test('streams stdout and stderr apart, and tells the exit code', async ({ context, page }) => {
  await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [plate] = await plates(page);
  await plate.edit(
    `console.log('to stdout'); console.error('to stderr'); process.stdin.on('end', () => process.exit(3)).resume();`,
  );
  await plate.run();
  await plate.expectState('exited');
  await expect(plate.output.locator('[data-stream=stdout]')).toContainText('to stdout');
  await expect(plate.output.locator('[data-stream=stderr]')).toContainText('to stderr');
  await expect(plate.element).toContainText('Exited with code 3.');
});

test('stops a hot loop that ignores the kill; edits stay, and the next run boots another container', async ({
  context,
  page,
}) => {
  const double = await installWebContainerDouble(context, { ignoresKill: true });
  await open(page, EVENT_LOOP);
  const [plate, other] = await plates(page);
  await plate.edit(`console.log('looping'); for (;;);`);
  await plate.run();
  await expect(plate.output).toContainText('looping');
  await plate.expectState('running');
  await plate.button('Stop').click();
  await plate.expectState('stopped');
  await expect(plate.element).toContainText('for (;;);');

  await other.run();
  await other.expectRecorded('WebContainer');
  expect(double.containerCount).toBe(2);
  await plate.button('Reset').click();
  await plate.run();
  await plate.expectRecorded('WebContainer');
});

test('falls back at once when the service cannot be reached, says so, and tries again when asked', async ({
  context,
  page,
}) => {
  const double = await installWebContainerDouble(context, { service: 'unreachable' });
  await open(page, EVENT_LOOP);
  const [plate, other] = await plates(page);
  await plate.run();
  await plate.expectRecorded('Embedded engine');
  const asked = double.requests.length;
  double.behaviour.service = 'up';
  await other.run();
  await other.expectRecorded('Embedded engine');
  expect(double.requests.length).toBe(asked);

  await plate.button('Engine: Embedded engine').click();
  await expect(plate.element).toContainText('Could not reach the WebContainer service.');
  await plate.element.getByRole('button', { name: 'Try WebContainer again' }).click();
  await page.keyboard.press('Escape');
  await plate.run();
  await plate.expectRecorded('WebContainer');
});

for (const [name, behaviour] of [
  ['a boot that never answers', { frame: 'silent' }],
  ['a blocked frame', { frame: 'blocked' }],
  ['an answer of 503', { service: 'unavailable' }],
] as const) {
  test(`falls back after ${name}`, async ({ context, page }) => {
    await installWebContainerDouble(context, behaviour);
    await open(page, EVENT_LOOP, 500);
    const [plate] = await plates(page);
    await plate.run();
    await plate.expectRecorded('Embedded engine');
  });
}

test('need not wait: the reader runs it in the embedded engine, and a late service serves the next run', async ({
  context,
  page,
}) => {
  const double = await installWebContainerDouble(context, { frame: 'late' });
  await open(page, EVENT_LOOP);
  const [plate] = await plates(page);
  await plate.run();
  await plate.expectState('booting');
  await plate.button('Run it in the embedded engine now').click();
  await plate.expectRecorded('Embedded engine');
  double.letFrameAnswer();
  await expect.poll(() => double.containerCount).toBe(1);
  await plate.run();
  await plate.expectRecorded('WebContainer');
});

test('runs a second block while the first runs', async ({ context, page }) => {
  const double = await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [plate, other] = await plates(page);
  await plate.edit(`console.log('waiting'); setInterval(() => {}, 1000);`);
  await plate.run();
  await expect(plate.output).toContainText('waiting');
  await other.run();
  await other.expectRecorded('WebContainer');
  await plate.expectState('running');
  await plate.button('Stop').click();
  await plate.expectState('stopped');
  expect(double.containerCount).toBe(1);
});

test('keeps its container from page to page', async ({ context, page }) => {
  const double = await installWebContainerDouble(context);
  await open(page, EVENT_LOOP);
  const [before] = await plates(page);
  await before.run();
  await before.expectRecorded('WebContainer');

  await page.locator(`a[href$="/${HTTP}/"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`/${HTTP}/$`));
  const [after] = await plates(page);
  await after.run();
  await after.expectRecorded('WebContainer');
  expect(double.containerCount).toBe(1);
});
