/** `<node-snippet>`: a program of the page, before the reader acts on it. What it does then is in `workbench.ts`. */
import type { EditableProgram } from './store/program-edit.ts';
import { claimPendingRun } from './run/isolation.ts';
import { engineChoices, hasChosenEngine } from './run/engine-choice.ts';
import { hasKept } from './store/hint.ts';
import type { Workbench } from './workbench.ts';

/** Milliseconds in which a second Escape stops the program. */
const escapeTime = 1000;

/** A program of the page. It shows its controls, and loads what they do at the first use of one. */
export class NodeSnippetElement extends HTMLElement {
  #connection = new AbortController();
  #waking: Promise<Workbench> | undefined;
  #workbench: Workbench | undefined;
  /** When Escape was pressed, if that was the last key. */
  #escapedAt = -escapeTime;

  connectedCallback(): void {
    const obstacle = whyNothingRuns();
    if (obstacle !== undefined) return this.#showObstacle(obstacle);
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    this.addEventListener('click', (event) => this.#act(event), { signal });
    this.addEventListener('keydown', (event) => this.#press(event), { signal });
    for (const [button, panel] of [
      ['engine', 'panel'],
      ['more', 'actions'],
    ] as const) {
      const element = this.#part(button);
      if (element instanceof HTMLButtonElement) element.popoverTargetElement = this.#part(panel);
    }
    this.#part('toolbar').hidden = false;
    this.#part('menu').hidden = false;
    engineChoices.addEventListener('choice', () => this.#wake(() => {}), { signal });
    const isPending = claimPendingRun(this.dataset['snippet']);
    if (isPending || hasKept() || hasChosenEngine())
      this.#wake((workbench) => {
        if (isPending) workbench.run();
      });
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#workbench?.dispose();
    this.#workbench = this.#waking = undefined;
  }

  /** The program as the reader has it. Rejects where the site cannot be reached. */
  async program(): Promise<EditableProgram> {
    const workbench = await this.workbench();
    return workbench.program();
  }

  /** What the program can do; rejects where it cannot be loaded. */
  workbench(): Promise<Workbench> {
    const { signal } = this.#connection;
    this.#waking ??= import('./workbench.ts').then(
      ({ Workbench }) => {
        signal.throwIfAborted();
        return (this.#workbench = new Workbench(this));
      },
      (error: unknown) => {
        this.#waking = undefined;
        throw error;
      },
    );
    return this.#waking;
  }

  #wake(then: (workbench: Workbench) => void): void {
    if (this.#workbench) return then(this.#workbench);
    const { signal } = this.#connection;
    this.workbench().then(then, () => {
      if (signal.aborted) return;
      // An open menu would have nothing in it, and take the next click to close.
      this.querySelector<HTMLElement>(':popover-open')?.hidePopover();
      this.#part('result').textContent =
        'What this program needs could not be loaded. Check the connection and try again.';
    });
  }

  /** The recorded output stays, with why there is no other, and how to get it elsewhere. */
  #showObstacle(obstacle: string): void {
    this.dataset['state'] = 'unavailable';
    this.#part('reason').textContent = obstacle;
    this.#part('local').hidden = false;
  }

  #part(name: string): HTMLElement {
    const element = this.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!element) throw new Error(`${this.dataset['snippet']} has no part named ${name}.`);
    return element;
  }

  #act(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const { part, file } = event.target.closest<HTMLElement>('[data-part], pre[data-file]')?.dataset ?? {};
    // Who selects wants to copy, not to edit.
    if (file !== undefined && getSelection()?.isCollapsed !== false) {
      const point = { x: event.clientX, y: event.clientY };
      this.#wake((workbench) => workbench.edit(file, point));
    } else if (part !== undefined) this.#wake((workbench) => workbench.act(part));
  }

  #press(event: KeyboardEvent): void {
    const { key, timeStamp, target } = event;
    const isDone = event.defaultPrevented || event.isComposing;
    // The one that closes a menu is not meant for the program.
    const isEscape = key === 'Escape' && !isDone && !this.querySelector(':popover-open');
    if (isEscape && timeStamp - this.#escapedAt < escapeTime) this.#workbench?.act('stop');
    this.#escapedAt = isEscape ? timeStamp : -escapeTime;
    if (key !== 'Enter' || isDone || !(target instanceof HTMLElement)) return;
    const { file } = target.dataset;
    if (event.ctrlKey || event.metaKey) this.#wake((workbench) => workbench.run());
    else if (file !== undefined) this.#wake((workbench) => workbench.edit(file));
    else return;
    event.preventDefault();
  }
}

/** What stands in the way of running anything here, as a sentence. */
function whyNothingRuns(): string | undefined {
  if (document.documentElement.dataset['engines'] === 'none') return 'This site does not run programs.';
  if (!('Worker' in globalThis)) return 'This browser has no workers, and without them no program runs here.';
  const isOld = !('popover' in HTMLElement.prototype && 'withResolvers' in Promise);
  return isOld ? 'This browser is too old to run programs.' : undefined;
}

customElements.define('node-snippet', NodeSnippetElement);

// The sheet is for every page with programs; a field takes the character itself.
document.addEventListener('keydown', ({ key, target, defaultPrevented }) => {
  const isTyping =
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
  if (key !== '?' || isTyping || defaultPrevented) return;
  import('./help-sheet.ts').then(
    ({ showHelpSheet }) => showHelpSheet(),
    () => {}, // Offline: another press tries again.
  );
});

declare global {
  interface HTMLElementTagNameMap {
    'node-snippet': NodeSnippetElement;
  }
}
