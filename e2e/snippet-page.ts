/** A page of the book and the programs on it, as a reader finds them. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { NodeSnippetElement } from '../src/playground/snippet-element.ts';

/** Presses Escape twice within a second, on a busy machine too: the second does not wait for the first. */
export async function pressEscapeTwice({ keyboard }: Page): Promise<void> {
  await Promise.all([keyboard.press('Escape'), keyboard.press('Escape')]);
}

/** Replaces the text of a code editor by its keys: it keeps a selection of its own, in which a choice of the page's is late. */
export async function writeCode(editor: Locator, text: string): Promise<void> {
  await editor.press('ControlOrMeta+a');
  await editor.page().keyboard.insertText(text);
}

/** One program, found by what its caption says. */
export class Snippet {
  /** The element, with its `data-state`. */
  readonly element: Locator;
  readonly figure: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly edit: Locator;
  readonly reset: Locator;
  readonly undoReset: Locator;
  readonly editor: Locator;
  readonly output: Locator;
  /** How the program ended. */
  readonly result: Locator;
  readonly engine: Locator;
  /** What the output is of. */
  readonly label: Locator;
  /** What helps in the state that the program is in. */
  readonly offer: Locator;
  readonly more: Locator;
  /** The parts of the command, in its panel. */
  readonly command: Locator;
  readonly servers: Locator;
  /** Where a program types to its terminal. */
  readonly terminal: Locator;
  readonly #page: Page;

  /** Looks on the whole page, or within a part of it. */
  constructor(page: Page, title: string, within: Page | Locator = page) {
    this.#page = page;
    this.figure = within.getByRole('figure', { name: title, exact: true });
    this.element = within.locator('node-snippet').filter({ has: this.figure });
    this.run = this.figure.getByRole('button', { name: 'Run', exact: true });
    this.stop = this.figure.getByRole('button', { name: 'Stop', exact: true });
    this.edit = this.figure.getByRole('button', { name: 'Edit', exact: true });
    this.reset = this.figure.getByRole('button', { name: 'Reset', exact: true });
    this.undoReset = this.figure.getByRole('button', { name: 'Undo reset' });
    this.editor = this.figure.getByRole('textbox', { name: /, editable$/ });
    this.output = this.figure.getByRole('log');
    this.result = this.figure.locator('[data-part=result]');
    this.engine = this.figure.getByRole('button', { name: /^Engine/ });
    this.label = this.figure.locator('[data-part=label]');
    this.offer = this.figure.locator('[data-part=offer]');
    this.more = this.figure.getByRole('button', { name: 'More', exact: true });
    this.command = this.figure.getByRole('form', { name: 'Command' });
    this.servers = this.figure.getByRole('region', { name: 'Server of the program' });
    this.terminal = this.figure.getByRole('textbox', { name: 'Terminal, input of the program' });
  }

  /** The editor of a file. */
  file(name: string): Locator {
    return this.figure.getByRole('textbox', { name: `${name}, editable` });
  }

  /** Does what an entry of the menu says. */
  async act(label: string): Promise<void> {
    await this.more.click();
    // By keyboard, as in all menus: a page that has just become shorter moves them away from under a pointer.
    await this.figure.getByRole('button', { name: label, exact: true }).press('Enter');
  }

  /** Replaces the whole program. */
  async write(text: string): Promise<void> {
    // The editor stays open once it is there.
    await this.edit.filter({ visible: true }).or(this.editor.first()).first().click();
    await writeCode(this.editor.first(), text);
  }

  /** Asks for one more file, by a name that may not be one. */
  async addFile(name: string): Promise<void> {
    await this.figure.getByRole('button', { name: 'Add a file' }).click();
    const field = this.figure.getByRole('textbox', { name: 'Name of the new file' });
    await field.fill(name);
    await field.press('Enter');
  }

  /** Makes it another program, as if the book had it: before the reader's first act, for a program of one file. */
  async plant(code: string): Promise<void> {
    await this.figure.locator('pre[data-file]').evaluate((pre, text) => (pre.textContent = text), code);
  }

  /** Chooses an engine in the menu, for every program of the site. */
  async choose(engine: 'Automatic' | 'WebContainer' | 'Embedded engine'): Promise<void> {
    await this.engine.click();
    await this.figure.getByRole('radio', { name: engine }).press(' ');
    await this.#page.keyboard.press('Escape');
  }

  /** Asks for another try of WebContainer in the menu of engines, which is open. */
  async tryWebContainerAgain(): Promise<void> {
    await this.figure.getByRole('button', { name: 'Try WebContainer again' }).press('Enter');
  }

  async expectState(state: string, options?: { readonly timeout: number }): Promise<void> {
    await expect(this.element).toHaveAttribute('data-state', state, options);
  }

  /** Waits until what was changed outlives the page, which takes changes before it knows what is kept. */
  async untilKept(): Promise<void> {
    // True: `element` finds no others.
    await this.element.evaluate((element) => (element as NodeSnippetElement).program());
  }
}

/** Opens pages, and notes what they ask the network for. */
export class SnippetPage {
  readonly page: Page;
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => this.requests.push(request.url()));
  }

  /** Opens a page by its path, without a slash at the beginning; all that is not this site is unreachable. */
  async open(path: string): Promise<void> {
    await this.page.route(/^https:/, (route) => route.abort());
    await this.page.goto(path);
  }

  snippet(title: string): Snippet {
    return new Snippet(this.page, title);
  }
}

/** The first program of a page that is one module, ends by itself and needs no input. Rejects where there is none. */
export async function firstModule(page: Page): Promise<Snippet> {
  const program = page.locator('node-snippet[data-program*=\'"kind":"script"\']:has(pre[data-file$=".mjs"])');
  const figure = program
    .filter({ hasNot: page.locator('.plate-file-name, [data-part=command]') })
    .locator('figure');
  return new Snippet(page, (await figure.first().getAttribute('aria-label')) ?? '');
}
