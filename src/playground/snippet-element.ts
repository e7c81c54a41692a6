/** `<node-snippet>`: makes a program of the page one that can be run and edited. */
import type { EngineName } from '../engine/engine.ts';
import type { StartedProgram } from '../engine/index.ts';
import type { Snippet } from '../snippet/snippet.ts';
import { isSameOutput } from './comparison.ts';
import { areEditsStored } from './edits.ts';
import { ensureIsolated, takePendingRun } from './isolation.ts';
import type { Isolation } from './isolation.ts';
import { engineChanges, loadEngines, peekEngines, recallEngines } from './page-engines.ts';
import { ProgramFiles } from './program-files.ts';
import { Session } from './session.ts';
import type { SessionState } from './session.ts';
import type { Terminal, Transcript } from './terminal.ts';
import { describeElapsed, describeExit, describeFailure, describeLength } from './words.ts';

/** What the static HTML says of the program, beside its files. */
type ProgramFacts = Pick<Snippet, 'entry' | 'args' | 'env' | 'stdin' | 'packages' | 'engine' | 'isVarying'>;

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
      this.#printedBy = this.#printing;
      this.#showEdit();
      engineChanges.dispatchEvent(new Event('change'));
    },
    onOutput: (chunk) => this.#terminal?.write(chunk),
  });
  #files: ProgramFiles | undefined;
  #terminal: Terminal | undefined;
  #last: StartedProgram | undefined;
  /** The files as they were when the output on the page was printed. */
  #printedBy = '';
  /** The files as they are in the program that runs. */
  #printing = '';
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
    this.#printedBy = JSON.stringify(this.#files.originals);
    this.addEventListener('click', (event) => this.#click(event), { signal });
    this.addEventListener('keydown', (event) => this.#press(event), { signal });
    engineChanges.addEventListener('change', () => this.#showEngine(), { signal });
    const panel = this.#part('panel');
    const button = this.#part('engine');
    if (button instanceof HTMLButtonElement) button.popoverTargetElement = panel;
    panel.addEventListener('beforetoggle', (event) => this.#toggleMenu(event), { signal });
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
    this.#files?.dispose();
  }

  get #id(): string {
    return this.dataset['snippet'] ?? '';
  }

  get #facts(): ProgramFacts {
    // True: Snippet.astro wrote it, from a Snippet.
    return JSON.parse(this.dataset['program'] ?? '') as ProgramFacts;
  }

  #part(name: string): HTMLElement {
    const element = this.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!element) throw new Error(`${this.#id} has no part named ${name}.`);
    return element;
  }

  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const { part, file } = event.target.closest<HTMLElement>('[data-part], pre[data-file]')?.dataset ?? {};
    if (part === 'run') this.#run();
    else if (part === 'stop')
      void this.#session.stop(); // It never rejects.
    else if (part === 'edit') this.#open(this.#facts.entry);
    else if (part === 'reset') this.#reset();
    else if (part === 'embedded') this.#session.useEmbeddedNow();
    // Who selects wants to copy, not to edit.
    else if (file !== undefined && getSelection()?.isCollapsed !== false) {
      this.#open(file, { x: event.clientX, y: event.clientY });
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLElement)) return;
    const { file } = event.target.dataset;
    if (event.ctrlKey || event.metaKey) this.#run();
    else if (file !== undefined) this.#open(file);
    else return;
    event.preventDefault();
  }

  #run(): void {
    const files = this.#files?.current ?? {};
    const { entry, args, env, stdin, packages, engine } = this.#facts;
    this.#printing = JSON.stringify(files);
    const program = { files, packages, command: ['node', entry, ...args], env } as const;
    // It never rejects.
    void this.#session.start(stdin === undefined ? program : { ...program, stdin }, engine);
  }

  async #prepare(): Promise<Isolation> {
    const { Terminal } = await import('./terminal.ts');
    this.#terminal?.dispose();
    this.#terminal = new Terminal({
      region: this.#part('output'),
      label: this.#part('label'),
      log: this.#part('log'),
      notice: this.#part('notice'),
    });
    return ensureIsolated({ snippet: this.#id, mayReload: areEditsStored() });
  }

  #open(...at: Parameters<ProgramFiles['open']>): void {
    this.#files?.open(...at).then(
      () => (this.#part('edit').hidden = true),
      () => this.#say('The editor could not be loaded. Check the connection and try again.'),
    );
  }

  #reset(): void {
    this.#session.reset();
    this.#terminal?.dispose();
    this.#part('label').textContent = this.#recording?.label ?? '';
    this.#part('log').replaceChildren(...(this.#recording?.nodes ?? []));
    this.#part('notice').hidden = true;
    this.#say(this.#recording?.result ?? '');
    this.#printedBy = JSON.stringify(this.#files?.originals);
    this.#part('run').focus();
    this.#files?.reset();
  }

  #say(result: string): void {
    this.#part('result').textContent = result;
  }

  #showState(state: SessionState): void {
    const hadFocus = document.activeElement;
    const isUnderWay = state.name === 'booting' || state.name === 'running';
    if (this.dataset['state'] !== state.name) this.#startClock(isUnderWay);
    this.dataset['state'] = state.name;
    delete this.dataset['exitCode'];
    delete this.dataset['same'];
    if (state.name === 'exited') this.dataset['exitCode'] = String(state.code);
    this.#part('stop').hidden = !isUnderWay;
    this.#part('embedded').hidden = state.name !== 'booting' || !state.canFallBack;
    if (state.name === 'booting') this.#part('progress').textContent = state.message;
    else if (state.name === 'running')
      this.#part('progress').textContent = state.isStopping ? 'Stopping.' : 'Running.';
    else this.#part('progress').textContent = '';
    if (isUnderWay) this.#say('');
    else if (state.name !== 'idle') this.#showEnd(state);
    if (hadFocus instanceof HTMLElement && hadFocus.hidden && this.contains(hadFocus))
      this.#part('run').focus();
  }

  #showEnd(state: Extract<SessionState, { name: 'exited' | 'stopped' | 'failed' }>): void {
    const transcript = this.#terminal?.finish(state.name === 'exited');
    if (state.name === 'failed') this.#say(describeFailure(state.error));
    else if (state.name === 'stopped') this.#say('Stopped.');
    else {
      const more = transcript ? describeLength(transcript.lines) + this.#compare(transcript) : '';
      this.#say(describeExit(state.code) + more);
    }
  }

  /** A sentence on whether an unedited program printed what real Node printed. */
  #compare(transcript: Transcript): string {
    const files = this.#files;
    if (!files || !this.#recording || this.#facts.isVarying) return '';
    if (transcript.isCut || this.#printedBy !== JSON.stringify(files.originals)) return '';
    const isSame = isSameOutput(transcript, this.#recording);
    this.dataset['same'] = String(isSame);
    return isSame ? ' Same as the recorded output.' : ' Differs from the recorded output.';
  }

  #startClock(isUnderWay: boolean): void {
    clearInterval(this.#clock);
    const elapsed = this.#part('elapsed');
    elapsed.textContent = '';
    if (!isUnderWay) return;
    const since = performance.now();
    this.#clock = setInterval(() => (elapsed.textContent = describeElapsed(performance.now() - since)), 1000);
  }

  #showEdit(): void {
    const files = this.#files;
    if (!files) return;
    this.#part('reset').hidden = !files.isEdited;
    this.toggleAttribute('data-edited', files.isEdited);
    this.toggleAttribute('data-stale', JSON.stringify(files.current) !== this.#printedBy);
  }

  #showEngine(): void {
    const { engine: need } = this.#facts;
    const only = document.documentElement.dataset['engines'];
    let engine =
      this.#last?.engine ?? [need, only].find((name) => name === 'webcontainer' || name === 'embedded');
    try {
      engine ??= peekEngines()?.choose(need).engine;
    } catch {
      // The site has no engine for this program: Run says so.
    }
    const button = this.#part('engine');
    button.textContent = engine === undefined ? 'Engine' : engineLabels[engine];
    button.ariaLabel = engine === undefined ? null : `Engine: ${engineLabels[engine]}`;
  }

  #toggleMenu(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    const panel = this.#part('panel');
    Promise.all([loadEngines(), import('./engine-menu.ts')]).then(
      ([engines, { showEngineMenu }]) => {
        this.#showEngine();
        showEngineMenu(panel, {
          snippet: this.#id,
          engines,
          need: this.#facts.engine,
          last: this.#last,
          onChange: () => {
            this.#last = undefined;
            engineChanges.dispatchEvent(new Event('change'));
          },
        });
      },
      () => (panel.textContent = 'The menu could not be loaded. Check the connection and try again.'),
    );
  }
}

recallEngines();
customElements.define('node-snippet', NodeSnippetElement);

declare global {
  interface HTMLElementTagNameMap {
    'node-snippet': NodeSnippetElement;
  }
}
