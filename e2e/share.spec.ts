/** Giving a program away: the dialog with its link, the zip file, StackBlitz. */
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { SharedProgram } from '../src/playground/sharing/shared-program.ts';
import { expectNoViolations } from './axe.ts';
import { openSharePage, SHARE_ADDRESS } from './share-page.ts';

const program: SharedProgram = {
  title: 'Greets “everyone”',
  files: {
    'main.mjs':
      "import { z } from 'zod';\nimport { shout } from './lib/shout.mjs';\nconsole.log(shout('a <b>'), z);\n",
    'lib/shout.mjs': 'export const shout = (text) => text.toUpperCase();\n',
  },
  entry: 'main.mjs',
  args: ['--name', 'Ada Lovelace'],
  env: { API_KEY: 'abc123' },
  stdin: 'a\n',
};

/** Of which no two parts are alike. */
const incompressible = Array.from({ length: 40_000 }, (_, at) =>
  String.fromCharCode(0x4e00 + ((at * 7919) % 20_000)),
).join('');
const long: SharedProgram = { ...program, files: { 'main.mjs': `// ${incompressible}\n` } };

const share = (page: Page) => page.getByRole('button', { name: 'Share a link' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share this program' });

test('the link opens by keyboard, is copied, and gives the focus back', async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openSharePage(context, program);
  await share(page).focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Copy' })).toBeFocused();
  await expect(dialog(page)).toContainText(
    "The link holds the program itself: 2 files (main.mjs and lib/shout.mjs), the arguments --name 'Ada Lovelace', the environment variable API_KEY, and the standard input.",
  );
  await expect(dialog(page)).toContainText('Do not share secrets: it holds API_KEY=…');
  await expect(dialog(page)).not.toContainText('abc123');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('status')).toHaveText('Copied.');
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.href.split('#')[0]).toBe(`${SHARE_ADDRESS}play/`);
  expect(await page.evaluate((hash) => window.sharePage.decode(hash), link.hash)).toEqual(program);

  await page.keyboard.press('Shift+Tab');
  const field = dialog(page).getByRole('textbox', { name: 'Link' });
  await expect(field).toBeFocused();
  await expect(field).toHaveJSProperty('readOnly', true);
  await expect(field).toHaveValue(link.href);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(link.href);
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);
  await expect(share(page)).toBeFocused();
});

for (const [how, take] of [
  [
    'the clipboard is refused',
    () => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    },
  ],
  // As on a page that is not secure.
  ['there is no clipboard', () => void Object.defineProperty(navigator, 'clipboard', { value: undefined })],
] as const) {
  test(`where ${how}, the link is selected`, async ({ context }) => {
    const page = await openSharePage(context, program);
    await page.evaluate(take);
    await share(page).click();
    await dialog(page).getByRole('button', { name: 'Copy' }).click();
    await expect(dialog(page).getByRole('status')).toContainText('The link is selected:');
    await expect(dialog(page).getByRole('textbox', { name: 'Link' })).toBeFocused();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await expect(share(page)).toBeFocused();
  });
}

test('the device sends it where it can', async ({ context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      configurable: true,
      value: (data: ShareData) => Promise.reject(new DOMException(JSON.stringify(data), 'DataError')),
    });
  });
  const page = await openSharePage(context, program);
  await share(page).click();
  await dialog(page).getByRole('button', { name: 'Send to an app' }).click();
  await expect(dialog(page).getByRole('status')).toHaveText(
    'This device could not send the link. Copy it instead.',
  );
});

test('a program that is too long is a file instead', async ({ context }) => {
  const page = await openSharePage(context, long);
  await share(page).click();
  await expect(dialog(page)).toContainText(
    'This program is too long for a link. Download it as a file instead.',
  );
  await expect(dialog(page).getByRole('textbox')).toHaveCount(0);
  const button = dialog(page).getByRole('button', { name: 'Download as a file' });
  await expect(button).toBeFocused();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('greets-everyone.zip');
  await expect(page.locator('dialog')).toHaveCount(0);
  await expect(share(page)).toBeFocused();
});

test('the zip file is a project', async ({ context }) => {
  const page = await openSharePage(context, program);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as a zip file' }).click(),
  ]);
  const files = readZip(await readFile(await download.path()));
  const folder = 'greets-everyone';
  expect([...files.keys()].toSorted()).toEqual(
    ['.env', 'README.md', 'lib/shout.mjs', 'main.mjs', 'package.json', 'stdin.txt'].map(
      (name) => `${folder}/${name}`,
    ),
  );
  expect(files.get(`${folder}/main.mjs`)).toBe(program.files['main.mjs']);
  expect(files.get(`${folder}/.env`)).toBe("API_KEY='abc123'\n");
  expect(JSON.parse(files.get(`${folder}/package.json`) ?? '')).toEqual({
    name: folder,
    private: true,
    scripts: { start: "node --env-file=.env main.mjs --name 'Ada Lovelace' < stdin.txt" },
    engines: { node: '>=24' },
    dependencies: { zod: '4.6.7' },
  });
  expect(files.get(`${folder}/README.md`)).toContain('npm install\nnpm start');
});

test('StackBlitz gets the project in a new tab, and only on a click', async ({ context, request }) => {
  const seen: { readonly url: string; readonly method: string; readonly fields: URLSearchParams }[] = [];
  await context.route(/^https:/, (route) => {
    const sent = route.request();
    seen.push({ url: sent.url(), method: sent.method(), fields: new URLSearchParams(sent.postData() ?? '') });
    return route.fulfill({ contentType: 'text/html', body: '<title>StackBlitz</title>' });
  });
  const site = await (await request.get('/')).text();
  const policy = /form-action [^;"]*/.exec(site)?.[0] ?? '';
  expect(policy).toBe("form-action 'self' https://stackblitz.com");
  const page = await openSharePage(context, program, policy);
  expect(seen).toEqual([]);
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Open in StackBlitz' }).click(),
  ]);
  await expect(tab).toHaveTitle('StackBlitz');
  const [sent] = seen;
  expect(sent?.method).toBe('POST');
  const url = new URL(sent?.url ?? '');
  expect(url.origin + url.pathname).toBe('https://stackblitz.com/run');
  expect(Object.fromEntries(url.searchParams)).toEqual({ file: 'main.mjs', startScript: 'start' });
  const { 'project[files][package.json]': manifest, ...fields } = Object.fromEntries(sent?.fields ?? []);
  const crlf = (text: string | undefined) => text?.replaceAll('\n', '\r\n');
  expect(fields).toEqual({
    'project[title]': program.title,
    'project[description]': `A program of ${SHARE_ADDRESS}`,
    'project[template]': 'node',
    'project[files][README.md]': expect.stringContaining('npm start'),
    'project[files][.env]': "API_KEY='abc123'\r\n",
    'project[files][stdin.txt]': 'a\r\n',
    'project[files][main.mjs]': crlf(program.files['main.mjs']),
    'project[files][lib/shout.mjs]': crlf(program.files['lib/shout.mjs']),
  });
  expect(JSON.parse(manifest ?? '')).toMatchObject({ dependencies: { zod: '4.6.7' } });
  await expect(page).toHaveURL(SHARE_ADDRESS);
});

for (const width of [1366, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the dialog at ${width} pixels, ${colorScheme}`, async ({ context }) => {
      for (const shown of [program, long]) {
        const page = await openSharePage(context, shown);
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        await share(page).click();
        await expect(dialog(page)).toBeVisible();
        await expectNoViolations(page, 'html', colorScheme);
        const box = await dialog(page).boundingBox();
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
        await page.close();
      }
    });
  }
}

/** Text of each file of a zip archive, by name. */
function readZip(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    files.set(name, (method === 0 ? bytes : inflateRawSync(bytes)).toString('utf8'));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
