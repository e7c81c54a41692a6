import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { openFilesPage } from './files-page.ts';
import type { FilesSetting } from './files-page.ts';

const one: FilesSetting = { files: { 'main.mjs': 'console.log(1);\n' } };

const several: FilesSetting = {
  files: {
    'main.mjs': "import { add } from './sum.mjs';\nconsole.log(add(1, 2));\n",
    'sum.mjs': 'export const add = (a, b) => a + b;\n',
    'numbers.json': '[1, 2]\n',
  },
  readOnly: ['numbers.json'],
  args: ['--all'],
  env: { DEBUG: '1' },
  stdin: 'a\nb\n',
};

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });
const editor = (page: Page, name: string): Locator =>
  page.getByRole('textbox', { name: `${name}, editable` });
const notice = (page: Page): Locator => page.getByRole('status');

/** The files of the draft, in order. */
async function files(page: Page): Promise<[string, string][]> {
  return await page.evaluate(() => Object.entries(window.filesPage.draft.current.files));
}

async function names(page: Page): Promise<string[]> {
  return (await files(page)).map(([name]) => name);
}

async function edit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(page.locator('.cm-content:visible')).toBeFocused();
}

async function reload(page: Page): Promise<void> {
  await page.evaluate(() => window.filesPage.flush());
  await page.reload();
  await page.waitForFunction(() => 'filesPage' in window);
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a program with one file has no tabs until another is added', async ({ context }) => {
  const page = await openFilesPage(context, one);
  await edit(page);
  await expect(page.getByRole('tablist')).toHaveCount(0);
  await expect(page.locator('.plate-name')).toHaveText('main.mjs');
  await page.getByRole('button', { name: 'Add a file' }).click();
  const field = page.getByRole('textbox', { name: 'Name of the new file' });
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription('Enter adds the file, Escape does not.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Add a file' })).toBeFocused();
  await expect(page.getByRole('tablist')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.keyboard.type('lib/sum.mjs');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'lib/sum.mjs')).toHaveAttribute('aria-selected', 'true');
  await expect(tab(page, 'main.mjs (Node starts here)')).toHaveAttribute('aria-selected', 'false');
  await expect(editor(page, 'lib/sum.mjs')).toBeFocused();
  await page.keyboard.type('export {};');
  await reload(page);
  await expect(tab(page, 'lib/sum.mjs')).toBeVisible();
  await tab(page, 'lib/sum.mjs').click();
  await expect(editor(page, 'lib/sum.mjs')).toHaveText('export {};');
});

test('a name that cannot be taken is said, and stays to be corrected', async ({ context }) => {
  const page = await openFilesPage(context, one);
  await page.getByRole('button', { name: 'Add a file' }).click();
  const field = page.getByRole('textbox', { name: 'Name of the new file' });
  for (const [name, problem] of [
    ['', 'Give the file a name.'],
    ['main.mjs', 'There is a file with the name main.mjs already.'],
    ['../up.mjs', 'A name has letters, digits and the signs'],
    ['<img src=x onerror=alert(1)>', 'A name has letters, digits and the signs'],
    ['main.mjs/x', 'main.mjs is a file, so it cannot be a folder as well.'],
  ] as const) {
    await field.fill(name);
    await field.press('Enter');
    await expect(field).toHaveAccessibleDescription(new RegExp(problem.replaceAll('.', String.raw`\.`)));
    await expect(field).toHaveValue(name);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();
  }
  await expectNoViolations(page);
  await page.getByRole('heading').click();
  await expect(field).toHaveValue('main.mjs/x');
  await field.fill('data.txt');
  await expect(field).not.toHaveAttribute('aria-invalid');
  await page.getByRole('heading').click();
  await expect(tab(page, 'data.txt')).toBeVisible();
  expect(await names(page)).toEqual(['main.mjs', 'data.txt']);
});

test('the static code becomes tabs when the reader acts, and comes back', async ({ context }) => {
  const page = await openFilesPage(context, several);
  const groups = () =>
    page
      .locator('.plate-file')
      .evaluateAll((all) =>
        all.map(({ outerHTML }) => outerHTML.replaceAll(/ (?:role="group"|style="")/g, '')),
      );
  const before = await groups();
  await expect(page.getByRole('tablist')).toHaveCount(0);
  await edit(page);
  await expect(page.getByRole('tab')).toHaveText([/^main.mjs/, 'sum.mjs', /^numbers.json/]);
  await expect(page.getByRole('tabpanel')).toHaveAccessibleName('main.mjs (Node starts here)');
  await expect(page.getByText('const add')).toBeHidden();
  await page.evaluate(() => window.filesPage.tabs.dispose());
  await expect(page.getByRole('tablist')).toHaveCount(0);
  await expect(page.getByText('const add')).toBeVisible();
  // Until the next frame a file keeps the height that held the page in place.
  await expect.poll(groups).toEqual(before);
});

test('a click into a file of several puts the caret there, and moves nothing', async ({ context }) => {
  const page = await openFilesPage(context, {
    files: { 'main.mjs': 'one();\n'.repeat(60), 'sum.mjs': 'two();\n'.repeat(60) },
  });
  const line = page.locator('pre[data-file="sum.mjs"]');
  await line.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollBy(0, 1e4));
  const box = await line.boundingBox();
  if (!box) throw new Error('There is no box.');
  await line.click({ position: { x: 30, y: box.height - 40 } });
  await expect(editor(page, 'sum.mjs')).toBeFocused();
  const now = await page.locator('.plate-editor:visible').boundingBox();
  expect(Math.abs((now?.y ?? 0) - box.y)).toBeLessThan(2);
  await page.keyboard.type('X');
  const text = Object.fromEntries(await files(page))['sum.mjs'] ?? '';
  expect(text.split('\n').findIndex((each) => each.includes('X'))).toBeGreaterThan(55);
});

test('the tabs are walked with arrows, Home and End', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await tab(page, 'main.mjs').focus();
  for (const [key, name] of [
    ['ArrowRight', 'sum.mjs'],
    ['End', 'numbers.json'],
    ['ArrowRight', 'main.mjs'],
    ['ArrowLeft', 'numbers.json'],
    ['Home', 'main.mjs'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(page, name)).toBeFocused();
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tab', { selected: true })).toHaveCount(1);
    await expect(page.locator('[role=tab][tabindex="0"]')).toHaveCount(1);
  }
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'More for main.mjs' })).toBeFocused();
});

test('a deleted file can be brought back, with what was typed in it', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await tab(page, 'sum.mjs').click();
  await editor(page, 'sum.mjs').focus();
  await page.keyboard.type('mine;');
  await tab(page, 'sum.mjs').focus();
  await page.keyboard.press('Delete');
  await expect(tab(page, 'numbers.json')).toBeFocused();
  await expect(notice(page)).toContainText('Deleted sum.mjs.');
  expect(await names(page)).toEqual(['main.mjs', 'numbers.json']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab(page, 'sum.mjs')).toBeFocused();
  expect(await names(page)).toEqual(['main.mjs', 'sum.mjs', 'numbers.json']);
  await expect(editor(page, 'sum.mjs')).toContainText('mine;export');
  await editor(page, 'sum.mjs').focus();
  await page.keyboard.press('Control+z');
  await expect(editor(page, 'sum.mjs')).not.toContainText('mine;');
});

test('without its entry a program starts with the next file, until the entry is back', async ({
  context,
}) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await page.getByRole('button', { name: 'More for main.mjs' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(notice(page)).toContainText('Deleted main.mjs. Run starts sum.mjs now.');
  await expect(tab(page, 'sum.mjs (Node starts here)')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab(page, 'main.mjs (Node starts here)')).toBeFocused();
});

test('a file that is read only is marked, and stays', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await tab(page, 'numbers.json read only').click();
  await expect(page.getByText('read only', { exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'numbers.json, read only' })).toHaveText('[1, 2]');
  await page.keyboard.press('Delete');
  await expect(notice(page)).toHaveText('numbers.json is read only, so it stays.');
  await page.keyboard.press('F2');
  await expect(notice(page)).toHaveText('numbers.json is read only, so it keeps its name.');
  expect(await names(page)).toHaveLength(3);
});

test('the last file stays', async ({ context }) => {
  const page = await openFilesPage(context, { files: { 'a.mjs': '', 'b.mjs': '' } });
  await edit(page);
  await tab(page, 'a.mjs').focus();
  await page.keyboard.press('Delete');
  await expect(tab(page, 'b.mjs')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(notice(page)).toHaveText('This is the only file of the program, so it stays.');
  expect(await names(page)).toEqual(['b.mjs']);
});

test('a file is renamed where its tab is', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await tab(page, 'main.mjs').focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New name of main.mjs' });
  await expect(field).toBeFocused();
  await expectNoViolations(page);
  await page.keyboard.type('index');
  await expect(field).toHaveValue('index.mjs');
  await page.keyboard.press('Escape');
  await expect(tab(page, 'main.mjs')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('sum');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/There is a file with the name sum.mjs already/);
  await field.fill('index.mjs');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'index.mjs (Node starts here)')).toBeFocused();
  await expect(editor(page, 'index.mjs')).toContainText('console.log');
  expect(await names(page)).toEqual(['index.mjs', 'sum.mjs', 'numbers.json']);
});

test('a reset is undone as a whole, and within each editor', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await page.keyboard.type('mine;');
  await tab(page, 'sum.mjs').click();
  await editor(page, 'sum.mjs').focus();
  await page.keyboard.type('other;');
  await page.evaluate(() => window.filesPage.draft.addFile('new.mjs', 'new'));
  const edited = await files(page);
  const original = Object.entries(several.files);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(notice(page)).toContainText('Reset.');
  expect(await files(page)).toEqual(original);
  await expect(editor(page, 'sum.mjs')).not.toContainText('other;');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tab(page, 'new.mjs')).toBeVisible();
  expect(await files(page)).toEqual(edited);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(notice(page)).toContainText('Reset.');
  await editor(page, 'sum.mjs').focus();
  await page.keyboard.press('Control+z');
  await expect(editor(page, 'sum.mjs')).toContainText('other;');
  await tab(page, 'main.mjs').click();
  await editor(page, 'main.mjs').focus();
  await page.keyboard.press('Control+z');
  await expect(editor(page, 'main.mjs')).toContainText('mine;');
  expect(await files(page)).toEqual(edited.slice(0, 3));
});

test('another tab of the reader is followed', async ({ context }) => {
  const page = await openFilesPage(context, several);
  const other = await openFilesPage(context, several);
  await edit(page);
  await edit(other);
  await page.keyboard.type('mine;');
  await expect(editor(other, 'main.mjs')).toContainText('mine;');
  await tab(page, 'sum.mjs').focus();
  await tab(other, 'sum.mjs').click();
  await page.keyboard.press('Delete');
  await expect(tab(other, 'sum.mjs')).toHaveCount(0);
  await expect(other.getByRole('tab', { selected: true })).toBeFocused();
  expect(await files(other)).toEqual(await files(page));
});

test('errors are marked in their file, and places are shown', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await page.evaluate(() =>
    window.filesPage.tabs.showErrors('sum.mjs', [{ line: 1, column: 8, message: 'SyntaxError: no' }]),
  );
  await expect(tab(page, 'sum.mjs (has an error)')).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('.cm-wrongMessage')).toHaveText('SyntaxError: no');
  await page.evaluate(() => window.filesPage.tabs.goTo('main.mjs', { line: 2, column: 9 }));
  await expect(editor(page, 'main.mjs')).toBeFocused();
  await expect(page.locator('.cm-markedLine:visible')).toHaveText('console.log(add(1, 2));');
  await expect(tab(page, 'sum.mjs (has an error)')).toBeVisible();
  await page.evaluate(() => window.filesPage.tabs.clearErrors());
  await expect(tab(page, 'has an error')).toHaveCount(0);
});

test('arguments are read as a shell reads them; what is wrong stays, and changes nothing', async ({
  context,
}) => {
  const page = await openFilesPage(context, several);
  const args = () => page.evaluate(() => window.filesPage.draft.current.args);
  await page.getByText('DEBUG=1 node main.mjs --all').click();
  const field = page.getByRole('textbox', { name: 'Arguments' });
  await field.fill("--name 'Ada Lovelace'");
  expect(await args()).toEqual(['--name', 'Ada Lovelace']);
  await expect(page.getByText("DEBUG=1 node main.mjs --name 'Ada Lovelace'")).toBeVisible();
  await field.fill("--name 'Ada");
  await expect(page.getByRole('alert').first()).toBeEmpty();
  await field.press('Tab');
  await expect(page.getByRole('alert').first()).toHaveText("The quotation mark ' is not closed.");
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expectNoViolations(page);
  expect(await args()).toEqual(['--name', 'Ada Lovelace']);
  await page.evaluate(() => window.filesPage.draft.setFile('main.mjs', 'x'));
  await expect(field).toHaveValue("--name 'Ada");
  await field.press('Enter');
  expect(await page.evaluate(() => window.filesPage.runs)).toBe(0);
  await page.getByRole('textbox', { name: 'Environment' }).focus();
  await page.locator('.command-panel > summary').click();
  expect(await page.evaluate(() => window.filesPage.panel.check())).toBe(false);
  await expect(field).toBeFocused();
  await field.fill('a | b');
  await expect(page.getByRole('alert').first()).toHaveText(
    /^There is no shell here: write \| in single quotation/,
  );
  await field.fill('a');
  await expect(page.getByRole('alert').first()).toBeEmpty();
  await field.press('Enter');
  expect(await page.evaluate(() => window.filesPage.runs)).toBe(1);
  expect(await args()).toEqual(['a']);
});

test('environment, standard input and entry are set, kept and reset', async ({ context }) => {
  const page = await openFilesPage(context, several);
  await page.evaluate(() => window.filesPage.panel.open());
  await expect(page.getByRole('textbox', { name: 'Arguments' })).toBeFocused();
  const environment = page.getByRole('textbox', { name: 'Environment' });
  await environment.fill('DEBUG=2\nURL=http://a/?b=1&c\n');
  await environment.press('Tab');
  await expect(page.getByText("DEBUG=2 URL='http://a/?b=1&c' node main.mjs --all")).toBeVisible();
  await environment.fill('DEBUG=2\n1=1');
  await page.getByRole('textbox', { name: 'Arguments' }).focus();
  await expect(environment).toHaveAccessibleDescription(/Line 2: a name has letters, digits and _/);
  await environment.fill('DEBUG=2');
  await page.getByRole('combobox', { name: 'Start with' }).selectOption('sum.mjs');
  const text = page.getByRole('textbox', { name: 'Text of the standard input' });
  await expect(text).toHaveValue('a\nb\n');
  await text.fill('');
  await expect(page.getByText('with empty standard input')).toBeVisible();
  await page.getByRole('radio', { name: 'Typed while it runs' }).check();
  await expect(text).toBeHidden();
  await expect(page.locator('.command-input')).toBeEmpty();
  await reload(page);
  const command = () =>
    page.evaluate(() => {
      const { entry, env, stdin = 'none' } = window.filesPage.draft.current;
      return { entry, env, stdin };
    });
  await expect.poll(command).toEqual({ entry: 'sum.mjs', env: { DEBUG: '2' }, stdin: 'none' });
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByText('with 2 lines of standard input')).toBeVisible();
  expect(await command()).toEqual({ entry: 'main.mjs', env: { DEBUG: '1' }, stdin: 'a\nb\n' });
});

test('another program takes the place of the first, and nothing of it comes up again', async ({
  context,
}) => {
  const page = await openFilesPage(context, several);
  await edit(page);
  await page.keyboard.type('first;');
  await page.evaluate(() => window.filesPage.panel.open());
  await page.getByRole('textbox', { name: 'Arguments' }).fill("'wrong");
  await page.evaluate(() =>
    window.filesPage.draft.adopt({
      id: 'play/2',
      original: { files: { 'main.mjs': 'second;', 'b.mjs': '' }, entry: 'b.mjs', args: [], env: {} },
      readOnly: new Set(['b.mjs']),
    }),
  );
  await expect(page.getByRole('textbox', { name: 'Arguments' })).toHaveValue('');
  await expect(page.getByRole('tab', { selected: true })).toHaveText(/^b.mjs/);
  await expect(page.getByRole('textbox', { name: 'b.mjs, read only' })).toBeVisible();
  await tab(page, 'main.mjs').click();
  await editor(page, 'main.mjs').focus();
  await page.keyboard.press('Control+z');
  await expect(editor(page, 'main.mjs')).toHaveText('second;');
});

for (const width of [1366, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 844 }, colorScheme, hasTouch: width === 390 });

      test('the way to a second file takes no line of its own', async ({ context }) => {
        const page = await openFilesPage(context, one);
        const heightOf = async () => (await page.locator('.plate-caption').boundingBox())?.height ?? 0;
        const height = await heightOf();
        await page.evaluate(() => window.filesPage.tabs.dispose());
        expect(height - (await heightOf())).toBeLessThan(8);
      });

      test('everything can be reached and read', async ({ context }) => {
        const page = await openFilesPage(context, several);
        await edit(page);
        await expectNoViolations(page);
        await page.getByRole('button', { name: 'Add a file' }).click();
        const field = page.getByRole('textbox', { name: 'Name of the new file' });
        await expect(field).toBeFocused();
        await page.keyboard.type('a name');
        await page.keyboard.press('Enter');
        await expect(field).toBeInViewport({ ratio: 1 });
        await expectNoViolations(page);
        await page.keyboard.press('Escape');
        await tab(page, 'numbers.json').click();
        await page.getByRole('button', { name: 'More for numbers.json' }).click();
        await expectNoViolations(page);
        await page.keyboard.press('Escape');
        await page.evaluate(() => window.filesPage.panel.open());
        await expectNoViolations(page);
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(scrollWidth).toBeLessThanOrEqual(width);
        const small = await page
          .locator('.file-tabs button:visible, .command-panel :is(summary, input, select, textarea):visible')
          .evaluateAll(
            (all) =>
              all.filter((each) => {
                const target = each.closest('label.command-choice') ?? each;
                const { width: wide, height } = target.getBoundingClientRect();
                return wide < 24 || height < 24;
              }).length,
          );
        expect(small).toBe(0);
      });
    });
  }
}
