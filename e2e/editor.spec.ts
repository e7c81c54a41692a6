import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { openEditorPage } from './editor-page.ts';

const program = "import fs from 'node:fs';\n\nconst text = 'a';\nconsole.log(text, fs);\n";

function editorOf(page: Page): Locator {
  return page.getByRole('textbox', { name: 'main.mjs, editable' });
}

async function textOf(page: Page): Promise<string> {
  return await page.evaluate(() => window.editorPage.editor.text);
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('suggests the API of Node, and says what a suggestion is', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: program });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await editorOf(page).focus();
  await page.keyboard.press('Control+End');
  expect(asked).toEqual([]);
  await page.keyboard.type('fs.readF');
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  await expect(suggestions.getByRole('option', { name: 'readFile', exact: false }).first()).toBeVisible();
  expect(asked.some((path) => path.startsWith('/types/worker.'))).toBe(true);
  await expect(page.getByText('Asynchronously reads the entire contents of a file.')).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press('Enter');
  expect(await textOf(page)).toBe(`${program}fs.readFile`);
});

test("suggests names of the program's other files", async ({ context }) => {
  const page = await openEditorPage(context, {
    name: 'main.mjs',
    text: "import { addAll } from './sum.mjs';\n",
    files: { 'sum.mjs': 'export function addAll(...numbers) { return numbers.length; }' },
  });
  await editorOf(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('addA');
  await expect(page.getByRole('option', { name: 'addAll' })).toBeVisible();
});

test('says what a name is under the pointer and at the caret', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: program });
  await page.getByText('log', { exact: true }).hover();
  const description = page.getByRole('group', { name: 'What it is' });
  await expect(description).toContainText('Console.log(');
  await page.keyboard.press('Escape');
  await page.getByText('Before').hover();
  await editorOf(page).focus();
  await page.evaluate(() => window.editorPage.editor.goTo({ line: 3, column: 8 }));
  await expect(description).toHaveCount(0);
  await page.keyboard.press('Control+Shift+Space');
  await expect(description).toContainText('const text');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await expect(description).toHaveCount(0);
});

test('marks what is wrong, quietly', async ({ context }) => {
  const page = await openEditorPage(context, {
    name: 'main.ts',
    text: 'const one: string = 1;\nconsole.log(one);\n',
  });
  await expect(page.locator('.cm-lintRange')).toHaveCount(0);
  await page.getByRole('textbox').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(';');
  await page.keyboard.press('Escape');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('one');
  await page.locator('.cm-lintRange-error').hover();
  await expect(page.getByText("Type 'number' is not assignable to type 'string'.")).toBeVisible();
  await expectNoViolations(page);
});

test('formats, and says why it does not', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: 'const a="b"\n' });
  await editorOf(page).focus();
  await page.keyboard.press('Shift+Alt+F');
  await expect.poll(() => textOf(page)).toBe("const a = 'b';\n");
  await page.keyboard.press('Control+z');
  expect(await textOf(page)).toBe('const a="b"\n');
  await page.keyboard.type('let c d;');
  await page.keyboard.press('Shift+Alt+F');
  await expect
    .poll(() => page.evaluate(() => window.editorPage.notices.at(-1)))
    .toMatch(/^Not formatted: line 1 has a syntax error\./);
  expect(await textOf(page)).toContain('let c d;');
});

test('an undo reaches across a reset', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: program });
  await editorOf(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('mine();');
  await page.evaluate((original) => window.editorPage.editor.replace(original), program);
  await page.keyboard.type('x');
  await page.keyboard.press('Control+z');
  expect(await textOf(page)).toBe(program);
  await page.keyboard.press('Control+z');
  expect(await textOf(page)).toBe(`${program}mine();`);
  await page.keyboard.press('Control+y');
  expect(await textOf(page)).toBe(program);
});

test('brackets close, several places change at once', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: 'one;\none;\n' });
  await editorOf(page).focus();
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Control+d');
  await page.keyboard.type('two(');
  expect(await textOf(page)).toBe('two();\ntwo();\n');
});

test('a place is marked, and an error has its message below the line', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: program });
  await page.evaluate(() => window.editorPage.editor.goTo({ line: 3, column: 7 }));
  await expect(editorOf(page)).toBeFocused();
  await expect(page.locator('.cm-markedLine')).toHaveText("const text = 'a';");
  await expect(page.locator('.cm-markedPlace')).toHaveText('text');
  await page.evaluate(() =>
    window.editorPage.editor.showErrors([
      { line: 4, column: 1, message: "SyntaxError: <b>Unexpected</b> identifier 'console'" },
    ]),
  );
  await expect(page.getByText("SyntaxError: <b>Unexpected</b> identifier 'console'").last()).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.type('x');
  await expect(page.locator('.cm-markedLine')).toHaveCount(0);
  await expect(page.locator('.cm-wrongMessage')).toHaveCount(1);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('y');
  await expect(page.locator('.cm-wrongMessage')).toHaveCount(0);
});

test('a file that is read only says so, and stays as it is', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: program, isReadOnly: true });
  const editor = page.getByRole('textbox', { name: 'main.mjs, read only' });
  await expect(editor).toHaveAttribute('aria-readonly', 'true');
  await editor.focus();
  await page.keyboard.type('x');
  expect(await textOf(page)).toBe(program);
  await expectNoViolations(page);
});

test('long lines wrap by choice', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: `// ${'word '.repeat(60)}\n` });
  const lines = page.locator('.cm-line').first();
  const height = async () => (await lines.boundingBox())?.height ?? 0;
  const single = await height();
  await editorOf(page).focus();
  await page.keyboard.press('Alt+z');
  await expect.poll(height).toBeGreaterThan(single * 2);
  await page.keyboard.press('Alt+z');
  await expect.poll(height).toBe(single);
});

test('the keyboard can leave: Escape, then Tab', async ({ context }) => {
  const page = await openEditorPage(context, { name: 'main.mjs', text: program });
  await editorOf(page).focus();
  await page.keyboard.press('Tab');
  expect(await textOf(page)).toBe(`  ${program}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'After' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Before' })).toBeFocused();
});

for (const width of [1366, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 844 }, colorScheme });

      test('finds and replaces', async ({ context }) => {
        const page = await openEditorPage(context, { name: 'main.mjs', text: program });
        await editorOf(page).focus();
        await page.keyboard.press('Control+f');
        await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused();
        await page.keyboard.type('text');
        await expect(page.locator('.cm-searchMatch')).toHaveCount(2);
        await page.getByRole('textbox', { name: 'Replace with' }).fill('words');
        await expectNoViolations(page);
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(scrollWidth).toBeLessThanOrEqual(width);
        await page.getByRole('button', { name: 'Replace all' }).click();
        expect(await textOf(page)).toContain('console.log(words, fs)');
        await page.getByRole('textbox', { name: 'Find' }).focus();
        await page.keyboard.press('Escape');
        await expect(editorOf(page)).toBeFocused();
        await expectNoViolations(page);
      });
    });
  }
}
