/** What a reader can do with a program of a chapter, on the built site, in the embedded engine. */
import { expect, test as base } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { pressEscapeTwice, SnippetPage, writeCode } from './snippet-page.ts';
import type { Snippet } from './snippet-page.ts';

const chapter = 'understanding-node/what-is-node/';
const title = 'A delay does not hold up the next line';
const otherTitle = 'What survives JSON, and what survives structuredClone';
const twoFiles = 'The same check in the form and in the server';
const endless = "console.log('begun');\nsetInterval(() => {}, 1000);";
const recorded = 'one, two\nthree\n';
const exact = { useInnerText: false };

const test = base.extend<{ book: SnippetPage; snippet: Snippet }>({
  book: async ({ page }, use) => {
    // The engine that a reader has chosen on an earlier visit.
    await page.addInitScript(() => localStorage.setItem('loopbook:engine', 'embedded'));
    const book = new SnippetPage(page);
    await book.open(chapter);
    await use(book);
  },
  snippet: async ({ book }, use) => use(book.snippet(title)),
});

/** Runs a program that ends. */
async function run(snippet: Snippet, code: string): Promise<void> {
  await snippet.write(code);
  await snippet.run.click();
  await snippet.expectState('exited');
}

test('a program finds its files as they are on a disk, with a newline at their end', async ({ snippet }) => {
  const code = "import { readFileSync } from 'node:fs';\nconsole.log(readFileSync('main.mjs').at(-1));";
  await run(snippet, code);
  await expect(snippet.output).toHaveText('10\n', exact);
});

test.describe('what the reader did is there again', () => {
  for (const [how, leave] of [
    ['after a reload', (page: Page) => page.reload()],
    [
      'after a look at another chapter',
      async (page: Page) => {
        await page.getByRole('link', { name: 'The event loop' }).first().click();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
        await page.goBack();
      },
    ],
    [
      'on another visit',
      async (page: Page) => {
        await page.goto('about:blank');
        await page.goto(chapter);
      },
    ],
  ] as const)
    test(how, async ({ page, snippet }) => {
      await snippet.act('Arguments, environment and input');
      await snippet.command.getByLabel('Arguments').fill("one 'two words'");
      await run(snippet, 'console.log(process.argv.slice(2));');
      await expect(snippet.output).toHaveText("[ 'one', 'two words' ]\n", exact);
      await snippet.untilKept();
      await leave(page);
      await expect(snippet.file('main.mjs')).toHaveText('console.log(process.argv.slice(2));');
      await expect(snippet.output).toHaveText("[ 'one', 'two words' ]\n", exact);
      await expect(snippet.label).toHaveText('Output of your last run, just now');
      await expect(snippet.result).toHaveText('Exited with code 0.');
      await snippet.expectState('idle');
      await snippet.run.click();
      await snippet.expectState('exited');
      await expect(snippet.label).toHaveText('Output');
      await expect(snippet.output).toHaveText("[ 'one', 'two words' ]\n", exact);
    });

  test('and is what runs, however early Run is pressed', async ({ page, snippet }) => {
    await run(snippet, "console.log('mine');");
    await snippet.write("console.log('changed');");
    await expect(snippet.element).toHaveAttribute('data-stale');
    await snippet.untilKept();
    // As soon as the page's own script has run.
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        document.querySelector<HTMLElement>('[data-snippet$="/one-two-three"] [data-part=run]')?.click();
      });
    });
    await page.reload();
    await snippet.expectState('exited');
    await expect(snippet.output).toHaveText('changed\n', exact);
  });

  test('in another tab, as it is typed', async ({ context, page, snippet }) => {
    await snippet.write("console.log('one tab');");
    const second = await context.newPage();
    const other = new SnippetPage(second);
    await other.open(chapter);
    await expect(other.snippet(title).file('main.mjs')).toHaveText("console.log('one tab');");
    await writeCode(other.snippet(title).file('main.mjs'), "console.log('another tab');");
    await page.bringToFront();
    await expect(snippet.file('main.mjs')).toHaveText("console.log('another tab');");
    await second.bringToFront();
    await other.snippet(title).reset.click();
    await page.bringToFront();
    await expect(snippet.file('main.mjs')).toContainText("process.stdout.write('one, ');");
    await expect(snippet.reset).toBeHidden();
  });

  test('where it cannot be kept, that is said', async ({ browser }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined });
    });
    const book = new SnippetPage(page);
    await book.open(chapter);
    const snippet = book.snippet(title);
    await snippet.write('1;');
    await expect(snippet.figure.getByRole('status').filter({ hasText: 'keep' })).toBeVisible();
    await context.close();
  });
});

test.describe('Reset', () => {
  test('brings the program and its recording back, and can be taken back with the output', async ({
    snippet,
  }) => {
    await snippet.act('Arguments, environment and input');
    await snippet.command.getByLabel('Arguments').fill('word');
    await run(snippet, 'console.log(process.argv[2]);');
    await snippet.reset.click();
    await expect(snippet.output).toHaveText(recorded, exact);
    await expect(snippet.label).toHaveText(/^Output, recorded on Node/);
    await expect(snippet.result).toBeEmpty();
    await expect(snippet.command.getByLabel('Arguments')).toHaveValue('');
    await expect(snippet.undoReset).toBeFocused();
    await snippet.undoReset.click();
    await expect(snippet.output).toHaveText('word\n', exact);
    await expect(snippet.command.getByLabel('Arguments')).toHaveValue('word');
    await expect(snippet.file('main.mjs')).toHaveText('console.log(process.argv[2]);');
    await expect(snippet.reset).toBeFocused();
  });

  test('ends what runs', async ({ snippet }) => {
    await snippet.write(endless);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await snippet.reset.click();
    await snippet.expectState('idle');
    await expect(snippet.stop).toBeHidden();
    await expect(snippet.output).toHaveText(recorded, exact);
  });
});

test.describe('the command', () => {
  test('reaches the program: arguments, environment and input', async ({ snippet }) => {
    await snippet.write(
      "import { readFileSync } from 'node:fs';\n" +
        "console.log(process.argv.slice(2), process.env.MODE, readFileSync(0, 'utf8'));",
    );
    await snippet.act('Arguments, environment and input');
    await expect(snippet.command.getByLabel('Arguments')).toBeFocused();
    await snippet.command.getByLabel('Arguments').fill('--port "80 81"');
    await snippet.command.getByLabel('Environment').fill('MODE=a b');
    await snippet.command.getByRole('radio', { name: 'This text' }).check();
    await snippet.command.getByLabel('Text of the standard input').fill('first\nsecond');
    await snippet.command.getByLabel('Arguments').press('Enter');
    await expect(snippet.output).toHaveText("[ '--port', '80 81' ] a b first\nsecond\n", exact);
  });

  test('with wrong quotation marks is not run, and stays as it was typed', async ({ page, snippet }) => {
    await snippet.act('Arguments, environment and input');
    const args = snippet.command.getByLabel('Arguments');
    await args.fill("'half");
    await snippet.run.click();
    await expect(snippet.command.getByRole('alert').filter({ hasText: /./ })).toHaveText(/not closed/);
    await expect(args).toBeFocused();
    await expect(args).toHaveValue("'half");
    await snippet.expectState('idle');
    await page.keyboard.press('End');
    await page.keyboard.type(" and half'");
    await page.keyboard.press('ControlOrMeta+Enter');
    await snippet.expectState('exited');
  });
});

test.describe('files', () => {
  test('that the reader adds are imported, and kept', async ({ page, snippet }) => {
    await snippet.edit.click();
    await expect(snippet.file('main.mjs')).toBeFocused();
    await snippet.addFile('sum.mjs');
    await expect(snippet.file('sum.mjs')).toBeFocused();
    await page.keyboard.type('export const sum = (a, b) => a + b;');
    await snippet.figure.getByRole('tab', { name: /^main\.mjs/ }).click();
    await writeCode(snippet.file('main.mjs'), "import { sum } from './sum.mjs';\nconsole.log(sum(2, 3));");
    await snippet.run.click();
    await expect(snippet.output).toHaveText('5\n', exact);
    await snippet.untilKept();
    await page.reload();
    await expect(snippet.figure.getByRole('tab')).toHaveCount(2);
  });

  test('that are read only are marked, at rest and in their tab', async ({ page, book }) => {
    await page.route(`**/${chapter}`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        'data-file="validate-order.mjs"',
        'data-file="validate-order.mjs" data-read-only',
      );
      await route.fulfill({ response, body });
    });
    await book.open(chapter);
    const snippet = book.snippet(twoFiles);
    await snippet.edit.click();
    await snippet.figure.getByRole('tab', { name: 'validate-order.mjs read only' }).click();
    const editor = snippet.figure.getByRole('textbox', { name: 'validate-order.mjs, read only' });
    const before = await editor.textContent();
    await editor.focus();
    await page.keyboard.type('more');
    await expect(editor).toHaveText(before ?? '');
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
  });
});

test.describe('an error', () => {
  test('leads to its line', async ({ page, snippet }) => {
    await snippet.write('const zero = 0;\n\nfunction fail() {\n  throw new Error(zero);\n}\nfail();');
    await snippet.run.click();
    await snippet.expectState('exited');
    await snippet.output.getByRole('button', { name: /main\.mjs:6/ }).click();
    await expect(snippet.file('main.mjs')).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type(' // here');
    await expect(snippet.file('main.mjs')).toContainText('fail(); // here');
  });

  test('of a recording leads there, too', async ({ book }) => {
    const failing = book.snippet("A page's API, where there is no page");
    // Until then the page is as light as it can be.
    await failing.more.click();
    // The menu may lie over the output.
    await book.page.keyboard.press('Escape');
    await failing.output
      .getByRole('button', { name: /main\.mjs:1/ })
      .first()
      .click();
    await expect(failing.file('main.mjs')).toBeFocused();
  });

  test('of syntax is marked in the open editor, until it is mended', async ({ snippet }) => {
    await run(snippet, 'const a = 1;\nconst b = ;');
    await expect(snippet.result).toHaveText('Exited with code 1.');
    await expect(snippet.figure.locator('.cm-lintRange-error')).toHaveCount(1);
    await run(snippet, 'const a = 1;\nconst b = 2;');
    await expect(snippet.result).toHaveText('Exited with code 0.');
    await expect(snippet.figure.locator('.cm-lintRange-error')).toHaveCount(0);
  });
});

test.describe('a comparison', () => {
  test('with the recording says what was added and what is missing', async ({ snippet }) => {
    await run(snippet, "console.log('one, two');\nconsole.log('four');");
    await snippet.figure.getByRole('button', { name: 'Compare with the recording' }).click();
    const comparison = snippet.figure.getByRole('region', { name: 'Recorded and printed here' });
    await expect(comparison).toBeFocused();
    await expect(comparison.locator('[data-kind=added] code')).toContainText('four');
    await expect(comparison.locator('[data-kind=removed] code')).toContainText('three');
    await comparison.getByRole('button', { name: 'Close the comparison' }).click();
    await expect(comparison).toHaveCount(0);
    await expect(snippet.run).toBeFocused();
  });

  test('with the original shows the changed file', async ({ snippet }) => {
    await snippet.edit.click();
    await writeCode(snippet.file('main.mjs'), "console.log('mine');");
    await snippet.act('Compare with the original code');
    const comparison = snippet.figure.getByRole('region', { name: 'The original and yours' });
    await expect(comparison.locator('[data-kind=added] code')).toContainText("console.log('mine');");
    await expect(comparison.locator('[data-kind=removed] code').first()).toContainText(
      "process.stdout.write('one, ');",
    );
  });
});

test('the menu is there for the keyboard alone', async ({ page, snippet }) => {
  await snippet.more.focus();
  await page.keyboard.press('Enter');
  const first = snippet.figure.getByRole('button', { name: 'Arguments, environment and input' });
  await expect(first).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(first).toBeHidden();
  await expect(snippet.more).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(snippet.command.getByLabel('Arguments')).toBeFocused();
  await snippet.more.focus();
  await page.keyboard.press('Enter');
  const shortcuts = snippet.figure.getByRole('button', { name: 'Keyboard shortcuts' });
  await expect(shortcuts).toBeVisible();
  await shortcuts.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(snippet.more).toBeFocused();
});

test.describe('Escape, twice,', () => {
  test('stops the program', async ({ page, snippet }) => {
    await snippet.write(endless);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(snippet.output).toHaveText('begun');
    await pressEscapeTwice(page);
    await snippet.expectState('stopped');
    await expect(snippet.file('main.mjs')).toBeFocused();
  });

  test('does not where one of them closes a menu or a list, or a key is between', async ({
    page,
    snippet,
  }) => {
    await snippet.write(endless);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(snippet.output).toHaveText('begun');
    await snippet.more.click();
    await expect(snippet.figure.getByRole('button', { name: 'Share a link' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    // It would be “Stopping.” at once, in the same state.
    const running = snippet.figure.getByText('Running.');
    await expect(running).toBeVisible();
    await snippet.expectState('running');
    await snippet.file('main.mjs').focus();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(' setT');
    await expect(page.getByRole('listbox')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(running).toBeVisible();
    await snippet.expectState('running');
    await pressEscapeTwice(page);
    await snippet.expectState('stopped');
  });
});

test.describe('input', () => {
  test('of a program that reads is typed into a terminal', async ({ page, snippet }) => {
    await snippet.write(
      "import { createInterface } from 'node:readline/promises';\n" +
        'const lines = createInterface({ input: process.stdin, output: process.stdout });\n' +
        "console.log(`Hello, ${await lines.question('Name? ')}.`);\nlines.close();",
    );
    await snippet.run.click();
    await expect(snippet.terminal).toBeFocused();
    // Not by its text alone, which the code has as well.
    await expect(snippet.figure.locator('.xterm-rows')).toContainText('Name?');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await snippet.expectState('exited');
    await expect(snippet.output).toContainText('Name? Ada');
    await expect(snippet.output).toContainText('Hello, Ada.');
  });

  test('has a line, where only the engine finds out that it is waited for', async ({ page, snippet }) => {
    await snippet.write(
      "import { readFileSync } from 'node:fs';\nconst input = process['std' + 'in'];\n" +
        "console.log('at once', JSON.stringify(readFileSync(0, 'utf8')));\n" +
        "for await (const chunk of input.setEncoding('utf8')) console.log('read', JSON.stringify(chunk));",
    );
    await snippet.run.click();
    const line = snippet.figure.getByRole('textbox', { name: 'The program waits for input' });
    // A call that cannot wait is not kept waiting, and the recording is no answer to the question.
    await expect(snippet.output).toHaveText('at once ""');
    await line.fill('words');
    await line.press('Enter');
    await expect(snippet.output).toContainText(String.raw`read "words\n"`);
    await snippet.figure.getByRole('button', { name: 'End of input' }).click();
    await snippet.expectState('exited');
    await expect(line).toHaveCount(0);
    await expect(snippet.result).toHaveText('Exited with code 0.');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('a progress bar is drawn in place', async ({ snippet }) => {
    await snippet.write(
      'for (let percent = 0; percent <= 100; percent += 50) {\n' +
        '  process.stdout.write(`\\r${percent} %`);\n  await new Promise((resolve) => setTimeout(resolve, 20));\n}\n' +
        "console.log(' done');",
    );
    await snippet.run.click();
    await snippet.expectState('exited');
    await expect(snippet.output).toContainText('100 % done');
    await expect(snippet.output).not.toContainText('50 %');
  });
});

const serve = (port: number) =>
  `import { createServer } from 'node:http';\n` +
  `createServer((request, response) => response.end('served ' + request.url)).listen(${port}, () => console.log('listens'));`;

test.describe('several programs', () => {
  test('a server stays up while another one asks it', async ({ book, snippet }) => {
    const client = book.snippet(otherTitle);
    await snippet.write(serve(3000));
    await snippet.run.click();
    await expect(snippet.output).toHaveText('listens\n', exact);
    await run(client, "console.log(await (await fetch('http://localhost:3000/path')).text());");
    await expect(client.output).toHaveText('served /path\n', exact);
    await snippet.expectState('running');
    await snippet.stop.click();
    await snippet.expectState('stopped');
  });

  test('one whose port is taken offers to stop the other', async ({ book, snippet }) => {
    const second = book.snippet(otherTitle);
    await snippet.write(serve(3000));
    await snippet.run.click();
    await expect(snippet.output).toHaveText('listens\n', exact);
    await run(second, serve(3000));
    await expect(second.output).toContainText('EADDRINUSE');
    await expect(second.offer).toHaveText(`Stop “${title}”, which has port 3000, and run again`);
    await second.offer.click();
    await snippet.expectState('stopped');
    await expect(second.output).toHaveText('listens\n', exact);
    await second.expectState('running');
    await expect(second.run).toBeFocused();
  });
});

test.describe('the pane of servers', () => {
  test('is there for a server of a chapter, in place of its recorded answers', async ({ book }) => {
    await book.open('networks-and-web-servers/http/');
    const shelf = book.snippet('A shelf of books, as JSON');
    const exchanges = shelf.figure.getByText(/^Requests, answered by Node/);
    await expect(exchanges).toBeVisible();
    await shelf.run.click();
    await expect(shelf.servers).toBeVisible();
    await expect(exchanges).toBeHidden();
    await shelf.servers.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(shelf.servers.getByRole('region', { name: 'Answer', exact: true })).toContainText(/20[01]/);
    // Until then it is the recorded answer.
    await expect(shelf.servers.getByText('Same as recorded on real Node.')).toBeVisible();
    await shelf.stop.click();
    await shelf.expectState('stopped');
    await expect(shelf.servers).toBeVisible();
  });

  test('is there for a program that keeps listening, and goes with it', async ({ snippet }) => {
    await snippet.write(serve(8080));
    await snippet.run.click();
    await expect(snippet.servers).toBeVisible();
    await snippet.stop.click();
    await snippet.expectState('stopped');
    await expect(snippet.servers).toBeHidden();
  });

  test('does not come up for one that listens for a moment', async ({ page, snippet }) => {
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('.server-pane')) document.documentElement.dataset['hadPane'] = '';
      });
      seen.observe(document.body, { childList: true, subtree: true });
    });
    await snippet.write(
      `${serve(8080).replace('createServer(', 'const server = createServer(')}\n` +
        "server.once('listening', () => server.close());\n" +
        "await new Promise((resolve) => setTimeout(resolve, 800));\nconsole.log('over');",
    );
    await snippet.run.click();
    await snippet.expectState('exited');
    await expect(snippet.output).toContainText('over');
    await expect(page.locator('html')).not.toHaveAttribute('data-had-pane');
  });
});

test.describe('where nothing can run', () => {
  for (const [what, prepare, sentence] of [
    [
      'without workers',
      (page: Page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker')),
      'This browser has no workers, and without them no program runs here.',
    ],
    [
      'on a site without engines',
      (page: Page) =>
        page.route(`**/${chapter}`, async (route) => {
          const response = await route.fetch();
          const body = (await response.text()).replace('<html ', '<html data-engines="none" ');
          await route.fulfill({ response, body });
        }),
      'This site does not run programs.',
    ],
  ] as const)
    test(what, async ({ page }) => {
      await prepare(page);
      const book = new SnippetPage(page);
      await book.open(chapter);
      const snippet = book.snippet(title);
      await expect(snippet.figure.getByText(sentence)).toBeVisible();
      await expect(
        snippet.figure.getByText(/save the code as main\.mjs, and type node main\.mjs\./),
      ).toBeVisible();
      await expect(snippet.output).toHaveText(recorded, exact);
      await expect(snippet.figure.getByRole('button')).toHaveCount(0);
    });
});

test('a part that cannot be loaded is said, and the next click tries again', async ({ page }) => {
  const script = /\/workbench\.[\w-]+\.js$/;
  await page.route(script, (route) => route.abort());
  const book = new SnippetPage(page);
  await book.open(chapter);
  const snippet = book.snippet(title);
  await snippet.more.click();
  await expect(snippet.result).toHaveText(
    'What this program needs could not be loaded. Check the connection and try again.',
  );
  await page.unroute(script);
  await snippet.more.click();
  await expect(snippet.figure.getByRole('button', { name: 'Share a link' })).toBeVisible();
});

test.describe('leaving the page within the site', () => {
  async function listeners(session: CDPSession): Promise<number> {
    let count = 0;
    for (const expression of [
      'document',
      'window',
      'document.documentElement',
      'navigation',
      'visualViewport',
    ]) {
      const { result } = await session.send('Runtime.evaluate', { expression });
      if (result.objectId === undefined) continue;
      const { listeners: found } = await session.send('DOMDebugger.getEventListeners', {
        objectId: result.objectId,
      });
      count += found.length;
    }
    return count;
  }

  async function visit(page: Page, snippet: Snippet): Promise<void> {
    await snippet.edit.or(snippet.file('main.mjs')).first().click();
    await writeCode(snippet.file('main.mjs'), endless);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await page.getByRole('link', { name: 'The event loop' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
  }

  test('ends the run, and leaves no listener behind', async ({ book, context, page, snippet }) => {
    const session = await context.newCDPSession(page);
    await visit(page, snippet);
    // The engine's worker is gone with it: the next program waits for nobody.
    const next = book.snippet('The program first, then microtasks, then the loop');
    await next.run.click();
    await next.expectState('exited');
    await page.goBack();
    await expect(snippet.file('main.mjs')).toBeVisible();
    await visit(page, snippet);
    const before = await listeners(session);
    for (let times = 0; times < 2; times++) {
      await page.goBack();
      await expect(snippet.file('main.mjs')).toBeVisible();
      await visit(page, snippet);
    }
    await expect.poll(() => listeners(session)).toBe(before);
  });

  test('keeps the styles of what was loaded', async ({ book, page, snippet }) => {
    await visit(page, snippet);
    const other = book.snippet('The program first, then microtasks, then the loop');
    await other.edit.click();
    await expect(other.file('main.mjs')).toBeFocused();
    const scroller = other.figure.locator('.cm-scroller').first();
    await expect(scroller).toHaveCSS('display', 'flex');
    await expect(other.figure.getByRole('button', { name: 'Add a file' })).toHaveCSS('cursor', 'pointer');
  });
});
