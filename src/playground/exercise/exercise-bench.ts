/** What an exercise of the page does once the reader acts on it: checks, hints, solution, and what is kept of them. */
import { checkNames, decodeChecks } from '../../checks/program.ts';
import css from '../../styles/checks.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { stripAnsi } from '../output/ansi.ts';
import { KeptResult } from '../kept-result.ts';
import type { Late } from '../late-element.ts';
import { loadEngines, pageQueue } from '../run/page-engines.ts';
import { isPassed } from '../progress/progress.ts';
import type { SessionState } from '../run/session.ts';
import type { NodeSnippetElement } from '../snippet-element.ts';
import { StatusLine } from '../run/status-line.ts';
import type { KeptExercise } from '../store/index.ts';
import type { EditableProgram } from '../store/program-edit.ts';
import { describeFailure } from '../words.ts';
import { CheckList } from './check-list.ts';
import { CheckRun } from './check-run.ts';
import { askForSolution, passedCount, summarize } from './report.ts';
import type { CheckReport } from './report.ts';
import { Solution } from './solution.ts';

/** An exercise at work. It finds its parts in the static HTML of `Exercise.astro`, and gives them back. */
export class ExerciseBench implements Late {
  readonly #root: HTMLElement;
  readonly #connection = new AbortController();
  readonly #packages: readonly string[];
  readonly #checks: string;
  /** How many checks there are. */
  readonly #count: number;
  readonly #run: CheckRun;
  readonly #list: CheckList;
  readonly #status: StatusLine;
  readonly #solution: Solution;
  readonly #kept: KeptResult<'exercises'>;
  /** Counts presses of the button, so that only the last of them checks. */
  #attempt = 0;

  /** `root` holds the parts: each an element with `data-part`. */
  constructor(root: HTMLElement) {
    adoptStyles(css);
    this.#root = root;
    // True: Exercise.astro wrote it, from the packages of an Exercise.
    this.#packages = JSON.parse(root.dataset['packages'] ?? '[]') as readonly string[];
    this.#checks = decodeChecks(root.dataset['checks'] ?? '');
    const names = checkNames(this.#checks);
    this.#count = names.length;
    this.#list = new CheckList(this.#part('results'), names);
    this.#status = new StatusLine({
      progress: this.#part('check-progress'),
      elapsed: this.#part('check-elapsed'),
      offer: this.#part('check-offer'),
    });
    this.#run = new CheckRun({
      title: `The checks of “${this.#part('exercise-title').textContent.trim()}”`,
      queue: pageQueue,
      loadEngines,
      onState: (state) => this.#showState(state),
      onProgress: (results, running) => this.#list.show(results, running),
      onReport: (report) => this.#showReport(report),
    });
    const { signal } = this.#connection;
    this.#kept = new KeptResult(
      'exercises',
      root.dataset['exercise'] ?? '',
      (kept) => this.#showKept(kept),
      signal,
    );
    this.#solution = new Solution(this.#details('solution'), this.#part('difference'), {
      ask: () => this.#question(),
      program: () => this.#program(),
      onSeen: () => void this.#keep({ hasSeenSolution: true }), // It never rejects.
    });
    for (const hint of this.#hints) hint.addEventListener('toggle', () => this.#noteHints(), { signal });
    this.#noteHints();
  }

  act(part: string): void {
    if (part === 'check')
      void this.#check(); // It never rejects.
    else if (part === 'stop-check') this.#run.stop();
    else if (part === 'check-offer') this.#status.takeOffer();
    else if (part === 'show-solution') void this.#kept.ready.then(() => this.#solution.toggle());
  }

  dispose(): void {
    this.#connection.abort();
    this.#run.dispose();
    this.#status.dispose();
    this.#solution.dispose();
    this.#list.clear();
    this.#part('summary').textContent = '';
    this.#part('printed').hidden = true;
    this.#part('stop-check').hidden = true;
    delete this.#part('checks').dataset['state'];
  }

  #part(name: string): HTMLElement {
    const element = this.#root.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!element) throw new Error(`${this.#root.dataset['exercise']} has no part named ${name}.`);
    return element;
  }

  #details(name: string): HTMLDetailsElement {
    const element = this.#part(name);
    if (!(element instanceof HTMLDetailsElement)) throw new Error(`The part named ${name} cannot be opened.`);
    return element;
  }

  get #hints(): HTMLDetailsElement[] {
    return [...this.#root.querySelectorAll<HTMLDetailsElement>('details[data-part=hint]')];
  }

  #program(): Promise<EditableProgram> {
    const snippet = this.#root.querySelector<NodeSnippetElement>('node-snippet');
    if (!snippet) throw new Error('An exercise has a program to start from.');
    return snippet.program();
  }

  async #check(): Promise<void> {
    const attempt = (this.#attempt += 1);
    try {
      const { files, env } = await this.#program();
      if (attempt !== this.#attempt || this.#connection.signal.aborted) return;
      this.#list.clear();
      this.#part('printed').hidden = true;
      this.#run.start({ files, env, packages: this.#packages, checks: this.#checks });
    } catch {
      this.#say('Your answer could not be read. Check the connection and try again.', 'problem');
    }
  }

  #showState(state: SessionState): void {
    const isUnderWay = ['waiting', 'booting', 'running'].includes(state.name);
    const stop = this.#part('stop-check');
    const isLost = !isUnderWay && document.activeElement === stop;
    stop.hidden = !isUnderWay;
    if (isLost) this.#part('check').focus();
    this.#status.show(state, this.#offerIn(state));
    if (isUnderWay) this.#say('', 'checking');
    if (state.name === 'running') this.#list.show([]);
    if (state.name === 'failed') this.#say(describeFailure(state.error), 'problem');
  }

  #offerIn(state: SessionState) {
    if (state.name === 'waiting') {
      const { ahead } = state;
      return { label: `Stop “${ahead.title}” now`, run: () => void ahead.stop() };
    }
    if (state.name === 'booting' && state.canFallBack)
      return { label: 'Check it in the embedded engine now', run: () => this.#run.useEmbeddedNow() };
    return undefined;
  }

  #showReport(report: CheckReport): void {
    const { results, ending, printed, stderr } = report;
    this.#list.show(results);
    if (results.length === 0 && ending !== 'timed-out') this.#list.clear();
    this.#say(summarize(report, this.#count), ending === 'passed' ? 'passed' : 'failed');
    const output = stripAnsi(printed + (printed === '' || printed.endsWith('\n') ? '' : '\n') + stderr);
    const details = this.#details('printed');
    details.hidden = output === '';
    // Where there is no result, this is all that there is to learn from.
    details.open = ending === 'broken';
    this.#part('printed-text').textContent = output;
    if (ending === 'stopped') return;
    void this.#keep({ best: Math.min(passedCount(results), this.#count) }); // It never rejects.
  }

  #say(sentence: string, state: 'checking' | 'passed' | 'failed' | 'problem'): void {
    this.#part('checks').dataset['state'] = state;
    this.#part('summary').textContent = sentence;
  }

  async #keep(change: Partial<KeptExercise>): Promise<void> {
    await this.#kept.ready;
    const before = this.#kept.value;
    const isSameEdition = before?.checks === this.#count;
    const next: KeptExercise = {
      checks: this.#count,
      hints: Math.max(before?.hints ?? 0, change.hints ?? 0),
      hasSeenSolution: (before?.hasSeenSolution ?? false) || (change.hasSeenSolution ?? false),
      best: Math.max(isSameEdition ? before.best : 0, change.best ?? 0),
    };
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    this.#kept.set(next);
    this.#part('passed').hidden = !isPassed(next);
  }

  #showKept(kept: KeptExercise | undefined): void {
    this.#part('passed').hidden = !(kept && kept.checks === this.#count && isPassed(kept));
    for (const hint of this.#hints.slice(0, kept?.hints)) hint.dataset['opened'] = '';
    if (kept) return;
    for (const hint of this.#hints) delete hint.dataset['opened'];
  }

  /** A hint that was open once stays on offer, and so does the next. */
  #noteHints(): void {
    const opened = this.#hints.findLastIndex(({ open }) => open) + 1;
    if (opened === 0) return;
    for (const hint of this.#hints.slice(0, opened)) hint.dataset['opened'] = '';
    void this.#keep({ hints: opened }); // It never rejects.
  }

  #question(): string | undefined {
    const kept = this.#kept.value;
    if (kept && (kept.hasSeenSolution || isPassed(kept))) return undefined;
    return askForSolution(kept?.checks === this.#count ? kept.best : 0, this.#count);
  }
}
