/** `<node-snippet>`: makes a program of the page one that can be run and edited. */
import type { EngineName } from '../engine/engine.ts';
import type { StartedProgram } from '../engine/index.ts';
import type { Snippet } from '../snippet/snippet.ts';
import { areEditsStored } from './edits.ts';
import { ensureIsolated, takePendingRun } from './isolation.ts';
import type { Isolation } from './isolation.ts';
import { engineChanges, loadEngines, peekEngines } from './page-engines.ts';
import { ProgramFiles } from './program-files.ts';
import { Session } from './session.ts';
import type { SessionState } from './session.ts';
import type { Terminal, Transcript } from './terminal.ts';
import { describeElapsed, describeExit, describeFailure } from './words.ts';

/** What the static HTML says of the program, beside its files. */
type ProgramFacts = Pick<
  Snippet,
  'entry' | 'args' | 'env' | 'stdin' | 'packages' | 'engine' | 'isVarying'
>;

const engineLabels: Readonly<Record<EngineName, string>> = {
  webcontainer: 'WebContainer',
  embedded: 'Embedded engine',
};

/** The program that was to run when the page reloaded to be isolated. */
let pendingRun = takePendingRun();

/** A program of the page. It queries its own children, and lets go of everything when it leaves the page. */
export class NodeSnippetElement extends HTMLElement {
  #connection = new AbortController();
  readonly #session = new Session({
    prepare: () => this.#prepare(),
    loadEngines,
    onState: (state) => this.#showState(state),
    onStarted: (started) => {
      this.#last = started;
      engineChanges.dispatchEvent(new Event('change'));
    },
    onOutput: (chunk) => this.#terminal?.write(chunk),
  });
  #files: ProgramFiles | undefined;
  #terminal: Terminal | undefined;
  #last: StartedProgram | undefined;
  /** The files as they were when the output on the page was printed. */
  #printedBy = '';
  #recording: { label: string; nodes: Node[]; result: string; stdout: string; stderr: string } | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const log = this.#part('log');
    this.#recording ??= {
      label: this.#part('label').textContent,
      nodes: [...log.childNodes],
      result: this.#part('result').textContent,
      stdout: log.querySelector('[data-stream=stdout]')?.textContent ?? '',
      stderr: log.querySelector('[data-stream=stderr] > :last-child')?.textContent ?? '',
    };
    this.#files = new ProgramFiles(this, this.#id, () => this.#showEdit());
    this.#printedBy = this.#originalText;
    this.addEventListener('click', (event) => this.#click(event), { signal });
    this.addEventListener('keydown', (event) => this.#press(event), { signal });
    engineChanges.addEventListener('change', () => this.#showEngine(), { signal });
    const panel = this.#part('panel');
    // True: Snippet.astro has a button there.
    (this.#part('engine') as HTMLButtonElement).popoverTargetElement = panel;
    panel.addEventListener('beforetoggle', (event) => this.#fillMenu(event), { signal });
    this.#part('toolbar').hidden = false;
    this.#part('menu').hidden = false;
    this.#showEngine();
    this.#showEdit();
    if (this.#files.isEdited) this.#open();
    if (pendingRun === this.#id) {
      pendingRun = undefined;
      this.#run();
    }
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#session.reset();
    this.#terminal?.dispose();
    void this.#files?.dispose(); // It rejects only where there are no editors to dispose of.
  }
}
