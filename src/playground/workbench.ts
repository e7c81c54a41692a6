/** What a program of the page does once the reader acts on it: joins its files, its run, its output and its servers. */
import type { Program } from '../engine/engine.ts';
import type { StartedProgram } from '../engine/index.ts';
import { actionsOf } from './actions.ts';
import { CodePlaces } from './code-places.ts';
import type { Point } from './editor.ts';
import { fillMenu } from './more-menu.ts';
import type { Action } from './more-menu.ts';
import { Plate } from './plate.ts';
import { watchStorage } from './storage-notice.ts';
import { Comparisons } from './output/comparisons.ts';
import { Outcome } from './output/outcome.ts';
import { OutputRegion } from './output/output-region.ts';
import { CommandPlace } from './program/command-place.ts';
import { diskFiles } from './program/disk-files.ts';
import { Draft } from './program/draft.ts';
import type { DraftSource } from './program/draft.ts';
import { FileTabs } from './program/file-tabs.ts';
import { EngineButton } from './run/engine-button.ts';
import { ensureIsolated } from './run/isolation.ts';
import { offerIn } from './run/offers.ts';
import { loadEngines, pageQueue } from './run/page-engines.ts';
import { Session } from './run/session.ts';
import type { SessionState } from './run/session.ts';
import { StatusLine } from './run/status-line.ts';
import { Servers } from './server/servers.ts';
import { commandOf } from './sharing/shared-program.ts';
import { hasKept } from './store/hint.ts';
import type { EditableProgram } from './store/program-edit.ts';

const editorNotLoaded = 'The editor could not be loaded. Check the connection and try again.';

/** A program at work. It finds its parts in the static HTML of `Snippet.astro`, and gives them back. */
export class Workbench {
  readonly #plate: Plate;
  readonly #connection = new AbortController();
  readonly #draft: Draft;
  readonly #files: FileTabs;
  readonly #output: OutputRegion;
  readonly #outcome: Outcome;
  readonly #status: StatusLine;
  readonly #servers: Servers;
  readonly #engine: EngineButton;
  readonly #session: Session;
  readonly #comparisons: Comparisons;
  readonly #command: CommandPlace;
  readonly #places: CodePlaces;
  /** There from the moment of a reset to the next change. */
  #undoReset: Promise<() => Promise<void>> | undefined;

  /** `root` holds the parts: each an element with `data-part`. */
  constructor(root: HTMLElement) {
    const plate = new Plate(root);
    this.#plate = plate;
    const { signal } = this.#connection;
    this.#draft = new Draft(plate.source());
    this.#files = new FileTabs({
      root: plate.part('files'),
      draft: this.#draft,
      onNotice: (sentence, undo) => this.#notice(sentence, undo),
      onOpen: () => (plate.part('edit').hidden = true),
    });
    const draft = this.#draft;
    this.#output = new OutputRegion(
      {
        region: plate.part('output'),
        label: plate.part('label'),
        log: plate.part('log'),
        notice: plate.part('notice'),
      },
      {
        onInput: (text) => this.#session.type(text),
        onInputEnd: () => this.#session.endInput(),
        onInterrupt: () => void this.#session.stop(), // It never rejects.
        onResize: (size) => this.#session.run?.resize(size),
      },
    );
    const output = this.#output;
    this.#outcome = new Outcome({
      draft: this.#draft,
      output: this.#output,
      root,
      result: plate.part('result'),
      compare: plate.part('compare'),
      isVarying: plate.facts.isVarying,
    });
    this.#status = new StatusLine({
      progress: plate.part('progress'),
      elapsed: plate.part('elapsed'),
      offer: plate.part('offer'),
    });
    this.#servers = new Servers({
      get program() {
        return draft.id;
      },
      get servesItself() {
        return plate.facts.kind === 'script' && output.expected !== undefined && !draft.isEdited;
      },
      isServer: plate.facts.kind === 'server',
      saved: plate.requests,
      run: () => this.#session.run,
      place: (element) => plate.part('output').after(element),
      say: (sentence) => this.#outcome.say(sentence),
    });
    this.#comparisons = new Comparisons({
      place: (element) => plate.part('output').after(element),
      onClose: () => plate.part('run').focus(),
      say: (sentence) => this.#outcome.say(sentence),
    });
    this.#engine = new EngineButton(plate.part('engine'), plate.part('panel'), {
      get program() {
        return draft.id;
      },
      need: plate.facts.engine,
      signal,
    });
    this.#session = new Session({
      get title() {
        return plate.title;
      },
      queue: pageQueue,
      prepare: (program) => this.#prepare(program),
      loadEngines,
      onState: (state) => this.#showState(state),
      onStarted: (started) => this.#showStarted(started),
      onOutput: (chunk) => this.#output.write(chunk),
      onServer: (port) => this.#servers.open(port),
      onServerClosed: (port) => this.#servers.close(port),
      onInputWanted: () => void this.#output.takeInput(),
    });
    this.#draft.onChange(() => this.#showEdit(), signal);
    this.#places = new CodePlaces({
      log: plate.part('log'),
      draft,
      files: this.#files,
      onNotLoaded: () => this.#outcome.say(editorNotLoaded),
    });
    this.#places.link();
    this.#command = new CommandPlace({
      draft,
      lines: plate.command,
      after: plate.part('files'),
      onRun: () => this.run(),
    });
    fillMenu(plate.part('actions'), () => this.#actions(), signal);
    watchStorage(plate.part('storage'), signal);
    void this.#restore(); // It never rejects.
  }

  /** The program as the reader has it. */
  async program(): Promise<EditableProgram> {
    await this.#draft.ready;
    return this.#draft.current;
  }

  /** Runs the program; a run that is under way is ended first. */
  run(): void {
    void this.#run(); // It never rejects: failures are states.
  }

  /** Opens the editor of a file, with the caret at a point. */
  edit(file?: string, point?: Point): void {
    this.#files.open(file, point).catch(() => this.#outcome.say(editorNotLoaded));
  }

  /** Does what the control named `part` stands for; nothing where it is none. */
  act(part: string): void {
    if (part === 'run') this.run();
    else if (part === 'stop')
      void this.#session.stop(); // It never rejects.
    else if (part === 'edit') this.edit(this.#draft.current.entry);
    else if (part === 'reset')
      void this.#reset(); // It never rejects.
    else if (part === 'offer') this.#plate.keepFocus(() => this.#status.takeOffer());
    else if (part === 'compare') this.#compareOutput();
  }

  /** Becomes another program, such as one from a link: kept under another id, with nothing run yet. */
  async adopt({
    title,
    ...source
  }: Omit<DraftSource, 'readOnly'> & { readonly title: string }): Promise<void> {
    this.#forgetRun();
    this.#undoReset = undefined;
    this.#plate.title = title;
    await this.#draft.adopt({ ...source, readOnly: new Set() });
    await this.#restore();
  }

  /** Ends what runs and gives the static program back. What the reader changed is kept. */
  dispose(): void {
    this.#connection.abort();
    this.#forgetRun();
    this.#status.dispose();
    this.#output.dispose();
    this.#command.dispose();
    this.#files.dispose();
    this.#draft.dispose();
  }

  /** Takes up what an earlier visit left. */
  async #restore(): Promise<void> {
    await this.#draft.ready;
    if (this.#connection.signal.aborted) return;
    if (this.#draft.isEdited) this.edit();
    await this.#outcome.restore(
      () => !this.#connection.signal.aborted && this.#session.state.name === 'idle',
    );
    if (this.#connection.signal.aborted) return;
    this.#places.link();
    this.#showEdit();
  }

  async #run(): Promise<void> {
    // What an earlier visit left is part of the program.
    if (hasKept()) await this.#draft.ready;
    if (this.#connection.signal.aborted || !this.#command.check()) return;
    const { files, entry, args, env, stdin } = this.#draft.current;
    const program: Program = {
      files: diskFiles(files),
      packages: this.#plate.facts.packages,
      command: commandOf({ entry, args }),
      env,
      ...(stdin === undefined ? {} : { stdin }),
    };
    this.#comparisons.close();
    this.#outcome.begin();
    await this.#session.start(program, this.#plate.facts.engine);
  }

  async #prepare(program: Program): Promise<Program | 'reloading'> {
    const isolation = await ensureIsolated({ snippet: this.#draft.id, mayReload: this.#draft.isSafe });
    if (isolation === 'reloading') return isolation;
    const terminal = await this.#output.begin(program);
    return terminal ? { ...program, terminal } : program;
  }

  #showStarted(started: StartedProgram): void {
    this.#outcome.start(started);
    this.#engine.showStarted(started);
    this.#showEdit();
  }

  /** Ends what runs, and shows what is known without it. */
  #forgetRun(): void {
    this.#session.reset();
    this.#servers.dispose();
    this.#comparisons.close();
    this.#outcome.forget();
  }

  /** Makes the program the original again; the button then takes that back. */
  async #reset(): Promise<void> {
    if (this.#undoReset) {
      const undo = await this.#undoReset;
      this.#undoReset = undefined;
      await undo();
      // Unless it was reset again meanwhile.
      if (!this.#undoReset) await this.#restore();
      return;
    }
    this.#forgetRun();
    this.#undoReset = this.#draft.reset();
    await this.#undoReset;
    this.#showEdit();
  }

  #showState(state: SessionState): void {
    const isUnderWay = state.name === 'waiting' || state.name === 'booting' || state.name === 'running';
    const hadFocus = this.#plate.root.contains(document.activeElement);
    this.#plate.root.dataset['state'] = state.name;
    this.#plate.keepFocus(() => {
      this.#outcome.clear();
      this.#plate.part('stop').hidden = !isUnderWay;
      if (isUnderWay) this.#outcome.say('');
      else if (state.name !== 'idle') this.#showEnd(state);
      const { stderr = '', both = '' } = this.#outcome.transcript ?? {};
      const offer = offerIn(state, {
        queue: pageQueue,
        printed: stderr + both,
        useEmbeddedNow: () => this.#session.useEmbeddedNow(),
        run: () => this.run(),
      });
      this.#status.show(state, offer);
    });
    if (state.name === 'running' && hadFocus) this.#output.focus();
  }

  #showEnd(state: Extract<SessionState, { name: 'exited' | 'stopped' | 'failed' }>): void {
    this.#outcome.end(state);
    this.#servers.end();
    this.#places.link();
    const { stderr = '', both = '' } = this.#outcome.transcript ?? {};
    const hasFailed = state.name === 'exited' && state.code !== 0;
    this.#places.mark(hasFailed ? stderr + both : undefined);
  }

  #showEdit(): void {
    const { isEdited } = this.#draft;
    if (isEdited) this.#undoReset = undefined;
    this.#command.refresh();
    const reset = this.#plate.part('reset');
    this.#plate.keepFocus(() => (reset.hidden = !isEdited && !this.#undoReset));
    reset.textContent = this.#undoReset ? 'Undo reset' : 'Reset';
    this.#plate.root.toggleAttribute('data-edited', isEdited);
    this.#plate.root.toggleAttribute('data-stale', this.#outcome.isStale);
  }

  /** Says something about the files beside the buttons, with what takes it back. */
  #notice(sentence: string, undo?: () => void): void {
    this.#status.say(sentence, undo && { label: 'Undo', run: undo });
  }

  #actions(): Action[][] {
    return actionsOf({
      draft: this.#draft,
      files: this.#files,
      title: this.#plate.title,
      packages: this.#plate.facts.packages,
      openCommand: () => this.#command.open(),
      compareWithOriginal: () => {
        const { original, current } = this.#draft;
        void this.#comparisons.showCode(original, current); // It never rejects.
      },
      say: (sentence) => this.#outcome.say(sentence),
    });
  }

  #compareOutput(): void {
    const { expected } = this.#output;
    const { transcript } = this.#outcome;
    if (expected && transcript) void this.#comparisons.showOutput(transcript, expected); // It never rejects.
  }
}
