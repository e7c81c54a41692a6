import { expect, test as base } from '@playwright/test';
import { SnippetPage } from './snippet-page.ts';
import type { Snippet } from './snippet-page.ts';

const chapter = 'understanding-node/what-is-node/';
const title = 'A delay does not hold up the next line';
const otherTitle = 'What survives JSON, and what survives structuredClone';
const endless = "console.log('begun');\nsetInterval(() => {}, 1000);";

const test = base.extend<{ book: SnippetPage; snippet: Snippet }>({
  book: async ({ page }, use) => {
    const book = new SnippetPage(page);
    await book.open(chapter);
    await use(book);
  },
  /** A short program, in the embedded engine. */
  snippet: async ({ book }, use) => {
    const snippet = book.snippet(title);
    await snippet.choose('Embedded engine');
    await use(snippet);
  },
});

test.describe('a program of a chapter', () => {
  test('runs, and says whether it printed what was recorded', async ({ snippet }) => {
    await snippet.expectState('idle');
    await expect(snippet.stop).toBeHidden();
    await snippet.run.click();
    await snippet.expectState('exited');
    await expect(snippet.element).toHaveAttribute('data-exit-code', '0');
    await expect(snippet.output).toHaveText('one, two\nthree\n', { useInnerText: false });
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
  });

  test('says when it printed something else', async ({ page }) => {
    await page.route(`**/${chapter}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: (await response.text()).replace('one, two\nthree', 'two, one\nthree'),
      });
    });
    const book = new SnippetPage(page);
    await book.open(chapter);
    const snippet = book.snippet(title);
    await snippet.choose('Embedded engine');
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0. Differs from the recorded output.');
  });

  test('shows output while it runs, and can be stopped', async ({ snippet }) => {
    await snippet.write(endless);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await snippet.expectState('running');
    await snippet.stop.click();
    await snippet.expectState('stopped');
    await expect(snippet.result).toHaveText('Stopped.');
    await expect(snippet.stop).toBeHidden();
  });

  test('keeps standard output and standard error apart, and their colours', async ({ snippet }) => {
    await snippet.write(
      String.raw`console.log('\x1b[32mgood\x1b[0m');` +
        '\nawait new Promise((resolve) => setTimeout(resolve, 20));\n' +
        "console.error('<b>bad</b>');",
    );
    await snippet.run.click();
    await snippet.expectState('exited');
    await expect(snippet.output.locator('[data-stream=stdout] .ansi-foreground-2')).toHaveText('good');
    await expect(snippet.output.locator('[data-stream=stderr]')).toContainText('<b>bad</b>');
    await expect(snippet.output.getByText('stderr', { exact: true })).toBeVisible();
  });

  test('can be edited and reset', async ({ snippet }) => {
    await expect(snippet.reset).toBeHidden();
    await snippet.write("console.log('mine');");
    await expect(snippet.reset).toBeVisible();
    await snippet.run.click();
    await expect(snippet.output).toHaveText('mine');
    await expect(snippet.result).toHaveText('Exited with code 0.');
    await snippet.reset.click();
    await expect(snippet.reset).toBeHidden();
    await expect(snippet.editor).toContainText("process.stdout.write('one, ');");
    await expect(snippet.output).toHaveText('one, two\nthree\n', { useInnerText: false });
    await expect(snippet.figure.getByText(/Output, recorded on Node/)).toBeVisible();
    await snippet.expectState('idle');
    await snippet.figure.getByRole('button', { name: 'Undo reset' }).click();
    await expect(snippet.editor).toContainText("console.log('mine');");
    await expect(snippet.output).toHaveText('mine');
    await expect(snippet.reset).toBeVisible();
  });

  test('becomes an editor without moving anything', async ({ snippet }) => {
    const code = snippet.figure.locator('pre[data-file]');
    const atRest = await code.boundingBox();
    await code.click();
    await expect(snippet.editor).toBeFocused();
    const editor = snippet.figure.locator('.plate-editor');
    // In the frame after it came: only then it knows its height.
    await expect.poll(async () => (await editor.boundingBox())?.y).toBe(atRest?.y);
    await expect.poll(async () => (await editor.boundingBox())?.height).toBeCloseTo(atRest?.height ?? 0, 0);
    const sizes = (locator: typeof code) =>
      locator.evaluate((element) => [
        getComputedStyle(element).fontSize,
        getComputedStyle(element).lineHeight,
      ]);
    expect(await sizes(snippet.editor)).toEqual(await sizes(code));
  });

  test('works with the keyboard alone', async ({ page, snippet }) => {
    await snippet.figure.locator('pre[data-file]').focus();
    await page.keyboard.press('Enter');
    await expect(snippet.editor).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type("console.log('typed');");
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(snippet.output).toHaveText('typed');
    await snippet.expectState('exited');
    await expect(snippet.editor).toHaveText("console.log('typed');");
    await page.keyboard.press('Tab');
    await expect(snippet.editor).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(snippet.run).toBeFocused();
    await snippet.write(endless);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(snippet.stop).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await snippet.expectState('stopped');
    await expect(snippet.run).toBeFocused();
  });

  test('waits while another one runs, and can be let in', async ({ book, snippet }) => {
    const other = book.snippet(otherTitle);
    await snippet.write(endless);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await other.run.click();
    await other.expectState('waiting');
    await expect(other.figure.getByRole('status').first()).toHaveText(`Waits until “${title}” has ended.`);
    await other.figure.getByRole('button', { name: `Stop “${title}” now` }).click();
    await snippet.expectState('stopped');
    await other.expectState('exited');
  });

  test('starts again when it is run again', async ({ snippet }) => {
    await snippet.write(endless);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await snippet.write("console.log('second');");
    await snippet.run.click();
    await expect(snippet.output).toHaveText('second');
    await snippet.expectState('exited');
  });
});

test.describe('a program that goes wrong', () => {
  const programs = [
    { name: 'a syntax error', text: 'const = 1;', output: /SyntaxError/, code: 1 },
    { name: 'a throw', text: "throw new RangeError('too far');", output: /RangeError: too far/, code: 1 },
    {
      name: 'an unhandled rejection',
      text: "Promise.reject(new Error('lost'));",
      output: /Error: lost/,
      code: 1,
    },
    {
      name: 'process.exit(3)',
      text: "console.log('three');\nprocess.exit(3);",
      output: /^three\n$/,
      code: 3,
    },
    { name: 'an empty program', text: '', output: /^The program printed nothing\.$/, code: 0 },
  ];
  for (const { name, text, output, code } of programs) {
    test(`${name} is a result`, async ({ snippet }) => {
      await snippet.write(text);
      await snippet.run.click();
      await expect(snippet.result).toHaveText(`Exited with code ${code}.`);
      await expect(snippet.output).toHaveText(output);
      await expect(snippet.element).toHaveAttribute('data-exit-code', String(code));
    });
  }

  test('an infinite loop is stopped within a second', async ({ page, snippet }) => {
    await snippet.write(
      "console.log('begun');\nsetTimeout(() => { for (;;); }, 0);\nsetInterval(() => {}, 1000);",
    );
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await snippet.element.evaluate((element) => {
      element.addEventListener('click', () => performance.mark('click'), { capture: true });
      const mark = () => performance.mark(element.dataset['state'] ?? '');
      new MutationObserver(mark).observe(element, { attributeFilter: ['data-state'] });
    });
    await snippet.stop.click();
    await snippet.expectState('stopped');
    // As the page counts it, which does not wait for the test.
    const { duration } = await page.evaluate(() => performance.measure('stop', 'click', 'stopped').toJSON());
    expect(duration).toBeLessThan(1000);
  });

  test('10 MB of output are cut, and the page goes on', async ({ page, snippet }) => {
    await snippet.write(
      "for (let line = 0; line < 160; line += 1) process.stdout.write('x'.repeat(65_535) + '\\n');\n" +
        'setInterval(() => {}, 1000);',
    );
    await snippet.run.click();
    await expect(snippet.figure.getByText('Output cut: the program printed 10.0 MB')).toBeVisible();
    await snippet.expectState('running');
    expect((await snippet.output.textContent())?.length).toBeLessThanOrEqual(256 * 1024);
    await snippet.engine.click();
    await expect(snippet.figure.getByRole('radio').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await snippet.stop.click();
    await snippet.expectState('stopped');
  });
});

test.describe('an npm package', () => {
  test('can be imported by a program that was edited, and is loaded only then', async ({ book, snippet }) => {
    const archives = () => book.requests.filter((url) => /\/packages\/.*\.bin$/.test(url));
    await snippet.run.click();
    await snippet.expectState('exited');
    expect(archives()).toEqual([]);
    await snippet.write(
      `import express from 'express';
      const app = express().get('/', (request, response) => response.json({ hello: request.query.name }));
      const server = app.listen(0, async () => {
        const response = await fetch('http://localhost:' + server.address().port + '/?name=reader');
        console.log(await response.text());
        server.close();
      });`,
    );
    await snippet.run.click();
    await expect(snippet.output).toHaveText('{"hello":"reader"}\n', { useInnerText: false });
    await expect(snippet.result).toHaveText(/^Exited with code 0\./);
    expect(archives().map((url) => new URL(url).pathname)).toEqual([
      expect.stringMatching(/^\/packages\/express\.[0-9a-f]{12}\.bin$/),
    ]);
  });

  test('that is not there ends the program with an error of Node, and the list of those that are', async ({
    snippet,
  }) => {
    await snippet.write("import 'left-pad';");
    await snippet.run.click();
    await expect(snippet.result).toHaveText(/^Exited with code 1\./);
    await expect(snippet.output).toContainText(
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left-pad' imported from /home/reader/main.mjs",
    );
    await expect(snippet.output).toContainText(
      /Node\.js v[\d.]+\s+npm packages that programs on this site can import: .*\bexpress, .*\bzod\.\s*$/,
    );
  });

  test('that cannot be loaded is named in a sentence, and the next run tries again', async ({
    page,
    snippet,
  }) => {
    const archive = /\/packages\/zod\..*\.bin$/;
    await page.route(archive, (route) => route.abort());
    await snippet.write("import { z } from 'zod';\nconsole.log(z.string().parse('text'));");
    await snippet.run.click();
    await snippet.expectState('failed');
    await expect(snippet.result).toHaveText(
      'The npm package zod could not be loaded from this site. Check the connection and run again.',
    );
    await page.unroute(archive);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('text\n', { useInnerText: false });
  });
});

test.describe('the page', () => {
  test('asks nobody else for anything, and loads no engine, before Run', async ({ book, page, baseURL }) => {
    const snippet = book.snippet(title);
    await expect(snippet.run).toBeVisible();
    await snippet.figure.locator('pre[data-file]').click();
    await expect(snippet.editor).toBeFocused();
    await page.keyboard.press('End');
    expect(book.requests.filter((url) => !url.startsWith(baseURL ?? ''))).toEqual([]);
    expect(book.requests.filter((url) => /\/engine\/|webcontainer/.test(url))).toEqual([]);
  });

  test('keeps an edit across pages, and ends what runs', async ({ page, snippet }) => {
    await page.evaluate(() => Object.assign(window, { isSameVisit: true }));
    await snippet.write(endless);
    await snippet.run.click();
    await expect(snippet.output).toHaveText('begun');
    await page.getByRole('link', { name: 'The event loop' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
    await page.goBack();
    await expect(snippet.editor).toContainText("console.log('begun');");
    await snippet.expectState('idle');
    await expect(snippet.output).toHaveText('one, two\nthree\n', { useInnerText: false });
    await snippet.write("console.log('back');");
    await snippet.run.click();
    await expect(snippet.output).toHaveText('back');
    expect(await page.evaluate(() => 'isSameVisit' in window)).toBe(true);
  });

  test('falls back to the embedded engine, quietly and with the reason', async ({ book }) => {
    const snippet = book.snippet(title);
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
    await expect(snippet.engine).toHaveText('Embedded engine');
    await snippet.engine.click();
    await expect(snippet.figure.getByText(/Running in the embedded engine instead\.$/)).toBeVisible();
    await snippet.tryWebContainerAgain();
    await expect(snippet.engine).toHaveText('WebContainer');
  });

  test('remembers the engine that the reader chose', async ({ book, page, snippet }) => {
    await expect(book.snippet(otherTitle).engine).toHaveText('Embedded engine');
    await page.reload();
    await expect(snippet.engine).toHaveText('Embedded engine');
    await snippet.engine.click();
    await expect(snippet.figure.getByRole('radio', { name: 'Embedded engine' })).toBeChecked();
    await expect(snippet.figure.getByText('You chose the embedded engine.')).toBeVisible();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page has code and recorded output, and no buttons', async ({ book, page }) => {
    const snippet = book.snippet(title);
    await expect(snippet.figure.locator('pre[data-file]')).toContainText("process.stdout.write('one, ');");
    await expect(snippet.output).toHaveText('one, two\nthree\n', { useInnerText: false });
    await expect(book.snippet("A page's API, where there is no page").result).toHaveText(
      'Exited with code 1.',
    );
    await expect(page.getByRole('button')).toHaveCount(0);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('targets are large, and the editor does not make the browser zoom', async ({ snippet }) => {
    await snippet.edit.tap();
    await expect(snippet.editor).toBeFocused();
    expect(await snippet.editor.evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px');
    expect((await snippet.run.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect((await snippet.engine.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    await snippet.run.tap();
    await snippet.expectState('exited');
    await expect
      .poll(() => snippet.element.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBe(0);
  });
});
