/** The log, the terminal and the line to type, with programs of the embedded engine where it matters. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import { inputOf, openScreensPage, rowsOf } from './screens-page.ts';

const script = (code: string): Program => ({
  files: { 'main.mjs': code },
  packages: [],
  command: ['node', 'main.mjs'],
  env: {},
});
const repl: Program = { files: {}, packages: [], command: ['node'], env: {} };

async function run(page: Page, program: Program): Promise<void> {
  await page.evaluate((given) => window.screens.run(given), program);
}

const endOf = (page: Page) => page.evaluate(() => window.screens.end);
const typedIn = (page: Page) => page.evaluate(() => window.screens.typed.join(''));
const write = (page: Page, text: string) => page.evaluate((given) => window.screens.write(given), text);
const log = (page: Page) => page.getByRole('log', { name: 'Output' });

/** The lines of a terminal, without empty ones at the end. */
async function linesOf(rows: Locator): Promise<string> {
  const texts = await rows.getByRole('listitem').allTextContents();
  return texts
    .map((text) => text.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Contrast of each piece of a terminal's text, as WCAG 2 defines it: what lies over it keeps axe from seeing it. */
async function contrastsOf(page: Page): Promise<[words: string, contrast: number][]> {
  return page.evaluate(() => {
    const paper = getComputedStyle(document.querySelector('#region') ?? document.body).backgroundColor;
    const channelsOf = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channelsOf(color).map((byte) => {
        const channel = byte / 255;
        return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    return [...document.querySelectorAll('.xterm-rows span')]
      .filter(({ textContent }) => textContent.trim() !== '')
      .map((element): [string, number] => {
        const { color, backgroundColor } = getComputedStyle(element);
        if (channelsOf(color)[3] !== undefined) return [`${element.textContent}, half transparent`, 0];
        const ground = channelsOf(backgroundColor)[3] === 0 ? paper : backgroundColor;
        const [dark = 0, light = 0] = [luminance(color), luminance(ground)].toSorted((a, b) => a - b);
        return [element.textContent, (light + 0.05) / (dark + 0.05)];
      });
  });
}

test('a question is asked and answered on a terminal', async ({ context }) => {
  const page = await openScreensPage(context);
  const code = `
    import { createInterface } from 'node:readline/promises';
    import { stdin as input, stdout as output } from 'node:process';
    const reader = createInterface({ input, output });
    const name = await reader.question('Your name? ');
    console.log('Hello, %s.', name);
    reader.close();
  `;
  await run(page, script(code));
  await expect(rowsOf(page)).toContainText('Your name?');
  await expect(inputOf(page)).toBeFocused();
  await page.keyboard.type('Adda');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('a');
  await page.keyboard.press('Enter');
  expect((await endOf(page)).code).toBe(0);
  await expect(log(page)).toHaveText('Your name? Ada\nHello, Ada.\n');
  await expect(log(page)).toBeFocused();
  await expect(rowsOf(page)).toHaveCount(0);
});

test('lines are edited by the terminal where the program reads lines; Ctrl+D ends them', async ({
  context,
}) => {
  const page = await openScreensPage(context);
  await run(
    page,
    script(`for await (const chunk of process.stdin) console.log('%j', String(chunk)); console.log('end');`),
  );
  await page.keyboard.type('one twe');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('o');
  await page.keyboard.press('Enter');
  await expect(rowsOf(page)).toContainText('"one two\\n"');
  await page.keyboard.press('Control+d');
  const { code, transcript } = await endOf(page);
  expect([code, transcript.stdout]).toEqual([0, '"one two\\n"\nend\n']);
});

test('Ctrl+C stops a program; with a selection it copies', async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openScreensPage(context);
  await run(page, script(`console.log('waiting'); process.stdin.resume();`));
  // A row stays while what is in it is drawn again.
  const row = page.locator('.xterm-rows > div').first();
  await expect(row).toContainText('waiting');
  await row.dblclick({ position: { x: 10, y: 8 }, force: true });
  const selection = page.locator('.xterm-selection > div');
  await expect(selection).not.toHaveCount(0);
  await page.keyboard.press('Control+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('waiting');
  expect(await typedIn(page)).toBe('');
  await expect(selection).toHaveCount(0);
  await page.keyboard.press('Control+c');
  expect((await endOf(page)).code).toBe(130);
  await expect(log(page)).toHaveText('waiting\n^C\n');
});

test('a program in raw mode gets every key, also Escape; Escape, then Tab leaves', async ({ context }) => {
  const page = await openScreensPage(context);
  const code = `
    process.stdin.setRawMode(true);
    console.log('ready');
    process.stdin.on('data', (keys) => {
      console.log(keys.toString('hex'));
      if (String(keys) === 'q') process.exit(7);
    });
  `;
  await run(page, script(code));
  const rows = rowsOf(page);
  await expect(rows).toContainText('ready');
  for (const [key, bytes] of [
    ['a', '61'],
    ['ArrowUp', '1b5b41'],
    ['Tab', '09'],
    ['Shift+Tab', '1b5b5a'],
    ['Control+c', '03'],
    ['Enter', '0d'],
    ['Escape', '1b'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(async () => (await linesOf(rows)).split('\n').at(-1)).toBe(bytes);
  }
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'After' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(inputOf(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Run' })).toBeFocused();
  await inputOf(page).focus();
  await page.keyboard.press('q');
  expect((await endOf(page)).code).toBe(7);
});

test('keys of the page stay keys of the page', async ({ context }) => {
  const page = await openScreensPage(context);
  await page.evaluate(() => {
    window.screens.open('terminal');
    document.addEventListener('keydown', ({ key, ctrlKey }) => {
      document.body.dataset['keys'] =
        `${document.body.dataset['keys'] ?? ''} ${ctrlKey ? 'Ctrl+' : ''}${key}`;
    });
  });
  for (const key of ['Escape', 'Escape', 'Control+Enter']) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.body.dataset['keys'])).toBe(' Ctrl+Control Ctrl+Enter');
  expect(await typedIn(page)).toBe('\x1b\x1b');
});

test('what is pasted is typed', async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openScreensPage(context);
  await page.evaluate(async () => {
    window.screens.open('terminal');
    await navigator.clipboard.writeText('one\ntwo ü\n');
  });
  await page.keyboard.press('Control+v');
  await expect.poll(() => typedIn(page)).toBe('one\rtwo ü\r');
});

test('text that no key typed is typed: dictated, composed, by a keyboard on the screen', async ({
  context,
}) => {
  const page = await openScreensPage(context);
  await page.evaluate(() => window.screens.open('terminal'));
  await page.keyboard.insertText('dictated é');
  await expect.poll(() => typedIn(page)).toBe('dictated é');
  const keyboard = await context.newCDPSession(page);
  const press = async () => {
    const key = { key: 'Unidentified', windowsVirtualKeyCode: 229 };
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  };
  await press();
  await keyboard.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await press();
  await keyboard.send('Input.insertText', { text: '日' });
  await expect.poll(() => typedIn(page)).toBe('dictated é日');
  await press();
  await page.keyboard.insertText('x');
  await expect.poll(() => typedIn(page)).toBe('dictated é日x');
  await page.keyboard.type('aB');
  await expect.poll(() => typedIn(page)).toBe('dictated é日xaB');
});

test("Node's REPL", async ({ context }) => {
  const page = await openScreensPage(context);
  await run(page, repl);
  const rows = rowsOf(page);
  await expect(rows).toContainText('Type ".help" for more information.');
  const answers = async (line: string, answer: string) => {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await expect.poll(() => linesOf(rows)).toContain(`${answer}\n>`);
  };
  await answers('1 + 1', `> 1 + 1\n2`);
  await page.keyboard.type('function twice(n) {');
  await page.keyboard.press('Enter');
  await expect.poll(() => linesOf(rows)).toMatch(/\n\|$/);
  await answers('return 2 * n }', '| return 2 * n }\nundefined');
  await answers('twice(21)', '> twice(21)\n42');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await answers('0', '> twice(210)\n420');
  await page.keyboard.type('twi');
  await page.keyboard.press('Tab');
  await answers('.name', `> twice.name\n'twice'`);
  await page.keyboard.type('throw away');
  await page.keyboard.press('Control+c');
  await answers('await 1', '> await 1\n1');
  await page.keyboard.type('.exit');
  await page.keyboard.press('Enter');
  expect((await endOf(page)).code).toBe(0);
  await expect(log(page)).toContainText('> .exit');

  await run(page, repl);
  await expect(rowsOf(page)).toContainText('>');
  await page.keyboard.press('Control+c');
  await expect(rowsOf(page)).toContainText('To exit, press Ctrl+C again');
  await page.keyboard.press('Control+d');
  expect((await endOf(page)).code).toBe(0);
});

test('the lines of a REPL block are typed one after the other, then the reader goes on', async ({
  context,
}) => {
  const page = await openScreensPage(context);
  await run(page, {
    ...repl,
    files: { 'repl.js': '1 + 1\nfunction twice(n) {\n  return 2 * n }\nawait 3\n' },
  });
  const rows = rowsOf(page);
  await expect
    .poll(() => linesOf(rows))
    .toMatch(/> 1 \+ 1\n2\n> function twice\(n\) \{\n\|   return 2 \* n \}\nundefined\n> await 3\n3\n>$/);
  await page.keyboard.type('twice(4)');
  await page.keyboard.press('Enter');
  await expect.poll(() => linesOf(rows)).toMatch(/\n8\n>$/);
  await page.keyboard.press('Control+d');
  expect((await endOf(page)).code).toBe(0);
});

test('a terminal is as wide as there is room, and says when that changes', async ({ context }) => {
  const page = await openScreensPage(context);
  await page.setViewportSize({ width: 1366, height: 900 });
  const code = `
    const show = () => console.log(process.stdout.columns, process.stdout.rows, 'x'.repeat(process.stdout.columns - 1));
    process.stdout.on('resize', show);
    process.stdin.on('data', () => process.exit());
    show();
  `;
  await run(page, script(code));
  const rows = rowsOf(page);
  await expect(rows).toContainText('xxx');
  const wide = (await page.evaluate(() => window.screens.size)) ?? { columns: 0, rows: 0 };
  expect(wide.columns).toBeGreaterThan(80);
  expect(wide.rows).toBe(24);
  await page.setViewportSize({ width: 390, height: 900 });
  await expect.poll(() => page.evaluate(() => window.screens.sizes.at(-1)?.columns)).toBeLessThan(45);
  const narrow = await page.evaluate(() => window.screens.sizes.at(-1));
  await expect(rows).toContainText(`${narrow?.columns} ${narrow?.rows} xxx`);
  const room = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(room, 'the page does not scroll sideways').toBe(true);
  await page.keyboard.press('Enter');
  await endOf(page);
});

test('a terminal is as tall as what was written', async ({ context }) => {
  const page = await openScreensPage(context);
  await page.setViewportSize({ width: 1366, height: 900 });
  await page.evaluate(() => window.screens.open('terminal'));
  const height = async () => (await page.locator('.terminal-view').boundingBox())?.height ?? 0;
  const empty = await height();
  await write(page, 'line\n'.repeat(12));
  await expect.poll(height).toBeGreaterThan(empty * 2);
  await write(page, '\x1b[2J\x1b[H');
  await write(page, '\x1b[24;1Hbottom\x1b[H');
  await expect.poll(height).toBeCloseTo(empty * 4, 0);
  await page.evaluate(() => window.screens.finish(true));
  await expect(log(page)).toContainText('bottom');
});

test('a log becomes a terminal when the output moves the cursor', async ({ context }) => {
  const page = await openScreensPage(context);
  const code = `
    console.log('\\x1b[32mdownloading\\x1b[39m');
    for (let percent = 0; percent <= 100; percent += 25) process.stdout.write('\\r[' + '#'.repeat(percent / 10) + '] ' + percent + ' %');
    console.log('\\ndone');
    console.log(process.stdout.isTTY);
  `;
  await run(page, script(code));
  const { transcript } = await endOf(page);
  expect(transcript.stdout).toContain('[#####] 50 %');
  await expect(log(page)).toHaveText('downloading\n[##########] 100 %\ndone\nundefined\n');
  await expect(page.getByText('Output', { exact: true })).toBeVisible();
  const color = await log(page)
    .getByText('downloading')
    .evaluate((element) => getComputedStyle(element).color);
  expect(color).not.toBe(await log(page).evaluate((element) => getComputedStyle(element).color));
});

test('a terminal that takes no input can be read and scrolled by keyboard, and is left with Tab', async ({
  context,
}) => {
  const page = await openScreensPage(context);
  await page.evaluate(() => window.screens.open('display'));
  await write(page, Array.from({ length: 60 }, (_, at) => `line ${at}\n`).join(''));
  const output = page.getByRole('region', { name: 'Output' });
  await expect(rowsOf(page)).toContainText('line 59');
  await page.getByRole('button', { name: 'Run' }).focus();
  await page.keyboard.press('Tab');
  await expect(output).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rowsOf(page)).toContainText('line 0');
  await page.keyboard.type('x');
  expect(await typedIn(page)).toBe('');
  await expectNoViolations(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'After' })).toBeFocused();
});

test('the other screen of a terminal leaves what was there', async ({ context }) => {
  const page = await openScreensPage(context);
  await page.evaluate(() => window.screens.open('terminal'));
  await write(page, 'before\n\x1b[?1049h\x1b[2J\x1b[Hfull screen');
  await expect(rowsOf(page)).toContainText('full screen');
  await write(page, '\x1b[?1049lafter\n');
  await page.evaluate(() => window.screens.finish(true));
  await expect(log(page)).toHaveText('before\nafter\n');
});

test('a program that prints without end leaves the page alive', async ({ context }) => {
  const page = await openScreensPage(context);
  const notice = await page.evaluate(() => {
    window.screens.open('display');
    const line = `${'x'.repeat(79)}\n`.repeat(1000);
    for (let count = 0; count < 100; count += 1) window.screens.write(line);
    window.screens.write('the last line\n');
    const { isCut, lines } = window.screens.finish(true);
    return { isCut, lines, text: document.querySelector('#notice')?.textContent };
  });
  expect(notice).toEqual({
    isCut: true,
    lines: 100_001,
    text: 'Output cut: the program prints faster than the page can show, so some of it is left out.',
  });
  await expect(log(page)).toContainText('the last line');
});

test('what was shown before stays where nothing came', async ({ context }) => {
  const page = await openScreensPage(context);
  for (const kind of ['log', 'terminal'] as const) {
    await page.evaluate((given) => {
      window.screens.open(given);
      window.screens.finish(false);
    }, kind);
    await expect(log(page)).toHaveText('recorded');
    await expect(page.getByText('Output, recorded')).toBeVisible();
  }
  for (const kind of ['log', 'terminal'] as const) {
    await page.evaluate((given) => {
      window.screens.open(given);
      window.screens.finish(true);
    }, kind);
    await expect(log(page)).toHaveText('The program printed nothing.');
  }
});

test('output is text, never markup', async ({ context }) => {
  const page = await openScreensPage(context);
  const hostile =
    '<img src=x onerror="document.title=1">\x1b]0;title\x07\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\\n';
  for (const kind of ['log', 'terminal'] as const) {
    await page.evaluate((given) => window.screens.open(given), kind);
    await write(page, hostile);
    await page.evaluate(() => window.screens.finish(true));
    await expect(log(page)).toHaveText('<img src=x onerror="document.title=1">link\n');
    expect(await page.locator('#region :is(img, a)').count()).toBe(0);
  }
  expect(await page.title()).toBe('Screens');
});

test('a link that a program prints leads nowhere', async ({ context }) => {
  const page = await openScreensPage(context);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.accept();
  });
  await page.evaluate(() => window.screens.open('terminal'));
  await write(page, `\x1b]8;;https://example.com/\x1b\\${'link '.repeat(20)}\x1b]8;;\x1b\\\n`);
  const row = page.locator('.xterm-rows > div').first();
  await expect(row).toContainText('link link');
  await row.hover({ position: { x: 60, y: 8 }, force: true });
  await row.hover({ position: { x: 70, y: 8 }, force: true });
  await row.click({ position: { x: 70, y: 8 }, force: true });
  expect(await page.evaluate(() => document.querySelectorAll('.xterm-cursor-pointer').length)).toBe(0);
  expect(asked).toEqual([]);
  expect(context.pages()).toHaveLength(1);
});

test('a line is typed, sent, ended', async ({ context }) => {
  const page = await openScreensPage(context);
  await page.evaluate(() => {
    window.screens.open('log');
    window.screens.write('Which?\n');
    window.screens.openInputLine();
  });
  const field = page.getByRole('textbox', { name: 'The program waits for input' });
  await expect(field).toBeFocused();
  await expectNoViolations(page);
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await field.fill('two');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+c');
  await page.keyboard.type('rest');
  await page.keyboard.press('Control+d');
  await expect(field).toHaveCount(0);
  expect(await page.evaluate(() => window.screens.typed)).toEqual([
    'one\n',
    'two\n',
    'interrupt',
    'rest',
    'end',
  ]);
});

test('several lines are pasted into the line to type', async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await openScreensPage(context);
  await page.evaluate(async () => {
    window.screens.openInputLine();
    await navigator.clipboard.writeText('a\r\nb\nc');
  });
  await page.keyboard.type('>');
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('textbox')).toHaveValue('c');
  expect(await typedIn(page)).toBe('>a\nb\n');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1366, 390]) {
    test(`a terminal is accessible, ${colorScheme}, ${width} pixels wide`, async ({ browser }) => {
      const isTouch = width === 390;
      const context = await browser.newContext({
        viewport: { width, height: 844 },
        colorScheme,
        hasTouch: isTouch,
        isMobile: isTouch,
      });
      const page = await openScreensPage(context);
      await page.evaluate(() => window.screens.open('terminal'));
      const colors = Array.from({ length: 16 }, (_, at) => `\x1b[${at < 8 ? 30 + at : 82 + at}mcolour ${at}`);
      const grounds = Array.from({ length: 8 }, (_, at) => `\x1b[${40 + at};37mground ${at}\x1b[0m`);
      await write(
        page,
        `${colors.join(' ')}\x1b[0m\n${grounds.join(' ')}\n\x1b[2mdim\x1b[0m \x1b[7minverse\x1b[0m`,
      );
      await expect(rowsOf(page)).toContainText('inverse');
      await expectNoViolations(page);
      for (const [words, contrast] of await contrastsOf(page))
        expect(contrast, `${words} can be read`).toBeGreaterThanOrEqual(4.5);
      if (isTouch) {
        await page.getByRole('button', { name: 'Up' }).tap();
        await page.getByRole('button', { name: 'Ctrl C' }).tap();
        await expect.poll(() => typedIn(page)).toBe('\x1b[A\x03');
        await expect(inputOf(page)).toBeFocused();
      } else await expect(page.getByRole('button', { name: 'Ctrl C' })).toBeHidden();
      await page.evaluate(() => window.screens.finish(true));
      await expect(log(page)).toContainText('inverse');
      await expectNoViolations(page);
      await context.close();
    });
  }
}

test('the colours follow the page while a program runs', async ({ context }) => {
  const page = await openScreensPage(context);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(() => window.screens.open('terminal'));
  await write(page, 'words');
  const words = page.locator('.xterm-rows').getByText('words');
  const color = () => words.evaluate((element) => getComputedStyle(element).color);
  const light = await color();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(color).not.toBe(light);
});
