/** A program on a page, as a reader sees and uses it. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The states of a session, as `data-state` names them. */
export type PlateState = 'idle' | 'booting' | 'running' | 'exited' | 'stopped' | 'failed';

/** One `<node-snippet>`, by the id that it has in the manifest. */
export class Plate {
  readonly element: Locator;
  readonly output: Locator;
  readonly #page: Page;

  constructor(page: Page, id: string) {
    this.#page = page;
    this.element = page.locator(`node-snippet[data-snippet="${id}"]`);
    this.output = this.element.getByRole('log');
  }

  /** One of its buttons, by its accessible name. */
  button(name: string): Locator {
    return this.element.getByRole('button', { name, exact: true });
  }

  async run(): Promise<void> {
    await this.button('Run').click();
  }

  async expectState(state: PlateState): Promise<void> {
    await expect(this.element).toHaveAttribute('data-state', state);
  }

  /** Waits until it has ended as its recording did, in the engine of this name. */
  async expectRecorded(engine: 'WebContainer' | 'Embedded engine'): Promise<void> {
    await this.expectState('exited');
    await expect(this.element).toContainText('Same as the recorded output.');
    await expect(this.button(`Engine: ${engine}`)).toBeVisible();
  }

  /** Replaces the code of a program of one file. */
  async edit(code: string): Promise<void> {
    await this.button('Edit').click();
    const editor = this.element.getByRole('textbox');
    await expect(editor).toBeFocused();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.insertText(code);
  }
}
