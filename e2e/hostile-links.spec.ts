/** Links that mean no good: what of them reaches the page, and what the reader is told. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { SnippetPage } from './snippet-page.ts';

const pack = (text: string) =>
  `#program=${deflateRawSync(Buffer.from(text), { level: 9 }).toString('base64url')}`;
const hashOf = (value: unknown) => pack(JSON.stringify(value));

/** A link whose parts are these, and harmless where nothing is said. */
function link(parts: {
  readonly title?: string;
  readonly files?: readonly (readonly [name: string, text: string])[];
  readonly entry?: string;
  readonly args?: readonly string[];
  readonly env?: readonly (readonly [name: string, value: string])[];
  readonly stdin?: string;
}): string {
  const { title = 'A program', files = [['main.mjs', '']], args = [], env = [], stdin = null } = parts;
  return hashOf([1, title, files, parts.entry ?? files[0]?.[0], args, env, stdin]);
}

const markup =
  '<img src=x onerror="document.documentElement.dataset.hacked=1"><script>document.documentElement.dataset.hacked=1</script>';

const damaged = 'This link is damaged: the program in it cannot be read. Ask for the link again.';
const tooLarge = 'This program is too large for this page.';
const tooLong = 'This link is too long to be one of this site.';

/** What is refused as a whole, and the sentence for it. */
const refused: Readonly<Record<string, readonly [hash: string, sentence: string]>> = {
  'no base64': ['#program=%00%ff', damaged],
  'no deflated data': ['#program=AAAA', damaged],
  nothing: ['#program=', damaged],
  'no JSON': [pack('alert(1)'), damaged],
  'text that is no UTF-8': [
    `#program=${deflateRawSync(Buffer.from([0x5b, 0xff, 0x5d])).toString('base64url')}`,
    damaged,
  ],
  'an object with a prototype': [pack('{"__proto__":{"0":1,"length":7}}'), damaged],
  'a version to come': [hashOf([2, 'x', [], '', [], []]), 'This link is of a newer version of this site.'],
  'a bomb': [pack(`[1,"${'a'.repeat(20_000_000)}"]`), tooLarge],
  'a bomb of brackets': [pack('['.repeat(900_000)), damaged],
  'more than a megabyte of code': [link({ files: [['main.mjs', 'a'.repeat(1_100_000)]] }), tooLarge],
  'a hash that is far too long': [`#program=${'A'.repeat(200_000)}`, tooLong],
  'thousands of files': [
    link({ files: Array.from({ length: 5000 }, (_, at) => [`f${at}.mjs`, ''] as const) }),
    damaged,
  ],
  'thousands of variables': [
    link({ env: Array.from({ length: 5000 }, (_, at) => [`A${at}`, ''] as const) }),
    damaged,
  ],
  'a huge variable': [link({ env: [['A', 'x'.repeat(500_000)]] }), damaged],
  'thousands of arguments': [link({ args: Array.from({ length: 5000 }, String) }), damaged],
  'a NUL in an argument': [link({ args: ['a\0b'] }), damaged],
  'a NUL in the environment': [link({ env: [['A', 'a\0b']] }), damaged],
  'a NUL in a name': [link({ files: [['main\0.mjs', '']] }), damaged],
  'markup in a name': [link({ files: [[markup, '']] }), damaged],
  'an escape in a name': [link({ files: [['\u001b[2Jmain.mjs', '']] }), damaged],
  'a name that is turned around': [link({ files: [['main\u202Esj.mjs', '']] }), damaged],
  'a name of a letter without a shape': [link({ files: [['\u3164.mjs', '']] }), damaged],
  'a name outside of the folder': [link({ files: [['../main.mjs', '']] }), damaged],
  'a name that is a prototype': [link({ files: [['__proto__', '']] }), damaged],
  'a variable that is a prototype': [link({ env: [['__proto__', '']] }), damaged],
  'a file that is a folder, too': [
    link({
      files: [
        ['lib', ''],
        ['lib/a.mjs', ''],
      ],
    }),
    damaged,
  ],
  'an entry that is not there': [link({ entry: 'other.mjs' }), damaged],
};

/** Opens a link and resolves with its page, which has not asked anybody for anything. */
async function open(page: Page, hash: string): Promise<SnippetPage> {
  page.on('dialog', (dialog) => expect(dialog.message()).toBe(''));
  const book = new SnippetPage(page);
  // Programs of these tests need no other, and none is to be waited for.
  await page.addInitScript(() => localStorage.setItem('loopbook:engine', 'embedded'));
  await book.open(`play/${hash}`);
  return book;
}

/** The page is what it was: no markup of the link, nothing run, and it answers. */
async function expectUnharmed(page: Page): Promise<void> {
  await expect(page.locator('html')).not.toHaveAttribute('data-hacked');
  await expect(page.locator('node-playground :is(img[src], script)')).toHaveCount(0);
  await expect(page.locator('node-snippet')).toHaveAttribute('data-state', 'idle');
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.get({}, '0') === undefined && !('polluted' in {}))).toBe(true);
}

test('what no page would have made is refused in a sentence, and the playground works', async ({ page }) => {
  const book = await open(page, link({ title: 'Harmless' }));
  const starter = book.snippet('A program of your own');
  const contents = page.getByRole('region', { name: 'What is in the program' });
  for (const [what, [hash, sentence]] of Object.entries(refused)) {
    await test.step(what, async () => {
      await page.evaluate((next) => (location.hash = next), link({ title: 'Harmless' }));
      await expect(book.snippet('Harmless').figure).toBeVisible();
      await expect(contents).toBeVisible();
      await page.evaluate((next) => (location.hash = next), hash);
      await expect(page.getByText(sentence)).toContainText('Below is the empty playground.');
      await expect(contents).toBeHidden();
      await expect(starter.figure).toContainText('process.argv[2]');
      await expectUnharmed(page);
    });
  }
  await starter.run.click();
  await expect(starter.output).toContainText('Hello, reader.');
});

for (const what of ['a bomb', 'a hash that is far too long', 'markup in a name']) {
  const [hash, sentence] = refused[what] ?? ['', ''];
  test(`a page that is opened with ${what} says so, and works`, async ({ page }) => {
    const book = await open(page, hash);
    await expect(page.getByText(sentence)).toBeVisible();
    await expectUnharmed(page);
    const starter = book.snippet('A program of your own');
    await starter.run.click();
    await expect(starter.output).toContainText('Hello, reader.');
  });
}

test('a hash of five megabytes does not hold the page up', async ({ page }) => {
  await open(page, '');
  await page.evaluate(() => (location.hash = `program=${'A'.repeat(5_000_000)}`));
  // Either the browser does not take it, or the page refuses it.
  await expect(page.getByText(tooLong).or(page.getByText('Nothing has run yet.')).first()).toBeVisible();
  await expectUnharmed(page);
});

test('markup, escapes and turned text are shown as what they are', async ({ page }) => {
  const book = await open(
    page,
    link({
      title: `\u202e${markup}\u001b[31m\0`,
      files: [['main.mjs', `// \u202e${markup}\n`]],
      args: ['\u001b[2J', '\u2066turned', markup],
      env: [['MARKUP', `${markup}\u202e`]],
      stdin: `${markup}\0`,
    }),
  );
  const contents = page.getByRole('region', { name: 'What is in the program' });
  await expect(contents).toContainText(String.raw`\u{1b}[2J`);
  await expect(contents).toContainText(String.raw`\u{2066}turned`);
  await expect(contents).toContainText('<img src=x');
  const title = page.locator('.plate-title');
  await expect(title).toContainText(String.raw`\u{202e}<img`);
  await expect(title).toContainText('<script>');
  await expect(page.getByRole('textbox', { name: 'main.mjs, editable' })).toContainText('<img src=x');
  await expect(page.getByTitle('Control character right-to-left override')).toBeVisible();
  await expectUnharmed(page);
  await page.getByRole('button', { name: 'More' }).click();
  // By keyboard: see `Snippet.act`.
  await page.getByRole('button', { name: 'Share a link' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText(String.raw`\u{1b}[2J`);
  await expect(page.locator('dialog :is(img, script)')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expectUnharmed(page);
  expect(book.requests.filter((url) => /[?/]x$/.test(url))).toEqual([]);
});

test('names that objects have of their own are names like others', async ({ page }) => {
  const book = await open(
    page,
    link({
      title: 'constructor',
      files: [
        ['constructor', 'console.log(process.env.toString, process.argv[2])'],
        ['hasOwnProperty', ''],
        ['valueOf', ''],
      ],
      args: ['valueOf'],
      env: [['toString', 'x']],
    }),
  );
  const shared = book.snippet('constructor');
  await expect(page.getByRole('tab')).toHaveText([/constructor/, 'hasOwnProperty', 'valueOf']);
  await expectUnharmed(page);
  await shared.run.click();
  await expect(shared.output).toHaveText('x valueOf');
});

test('as much as a link may hold is opened, and can be left again', async ({ page }) => {
  const book = await open(
    page,
    link({
      title: 'Much',
      files: Array.from({ length: 50 }, (_, at) => [`f${at}.mjs`, `// ${at}\n`.repeat(1000)] as const),
      args: Array.from({ length: 200 }, () => 'x'.repeat(100)),
      env: Array.from({ length: 200 }, (_, at) => [`A${at}`, 'x'.repeat(100)] as const),
    }),
  );
  await expect(page.getByRole('tab')).toHaveCount(50);
  await expect(page.getByRole('region', { name: 'What is in the program' })).toContainText(
    'f49.mjs (1,000 lines)',
  );
  await expectUnharmed(page);
  await page.getByRole('link', { name: 'Loopbook' }).click();
  await expect(page).not.toHaveURL(/play/);
  expect(book.requests.filter((url) => url.includes('program='))).toEqual([]);
});
