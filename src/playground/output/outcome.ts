/** What came of the last run: said in words, judged by the recording, kept for the next visit. */
import type { StartedProgram } from '../../engine/index.ts';
import { isSameOutput } from './comparison.ts';
import type { Draft } from '../program/draft.ts';
import { fingerprint } from '../fingerprint.ts';
import type { OutputRegion } from './output-region.ts';
import { keepRun, recallRun } from '../run/run-record.ts';
import type { Transcript } from './screen.ts';
import type { SessionState } from '../run/session.ts';
import { describeExit, describeFailure, describeLength } from '../words.ts';

/** A state in which nothing runs any more. */
export type EndState = Extract<SessionState, { name: 'exited' | 'stopped' | 'failed' }>;

/** Whose run it is, and where its end is said. */
export interface OutcomeOptions {
  readonly draft: Draft;
  readonly output: OutputRegion;
  /** Gets `data-exit-code`, and `data-same` where the recording tells. */
  readonly root: HTMLElement;
  /** Holds the sentence. */
  readonly result: HTMLElement;
  /** The button to compare; shown where there is a difference. */
  readonly compare: HTMLElement;
  /** The output differs from run to run. */
  readonly isVarying: boolean;
}

/** Knows of which version of the program the output on the page is. */
export class Outcome {
  readonly #options: OutcomeOptions;
  /** What the page says of the recording. */
  readonly #recorded: string;
  /** The run that the output on the page is of; undefined while it is the recording. */
  #shown: { readonly printedBy: string; readonly started?: StartedProgram } | undefined;
  /** Fingerprint of the program that was started last. */
  #printing = '';
  #transcript: Transcript | undefined;

  constructor(options: OutcomeOptions) {
    this.#options = options;
    this.#recorded = options.result.textContent;
  }

  /** What the output on the page says; undefined while it is the recording, or nothing has ended. */
  get transcript(): Transcript | undefined {
    return this.#transcript;
  }

  /** Whether the output on the page is not of the program as it is now. */
  get isStale(): boolean {
    const { draft, output } = this.#options;
    if (this.#shown) return this.#shown.printedBy !== this.#fingerprint;
    return draft.isEdited && output.expected !== undefined;
  }

  /** Says a sentence in the place of the result. */
  say(sentence: string): void {
    this.#options.result.textContent = sentence;
  }

  /** The program as it is now is about to be started. */
  begin(): void {
    this.#printing = this.#fingerprint;
  }

  /** It runs. */
  start(started: StartedProgram): void {
    this.#shown = { printedBy: this.#printing, started };
  }

  /** Nothing is known of the run that is under way. */
  clear(): void {
    const { root, compare } = this.#options;
    delete root.dataset['exitCode'];
    delete root.dataset['same'];
    compare.hidden = true;
    this.#transcript = undefined;
  }

  /** It ended. */
  end(state: EndState): void {
    const { draft, output, root } = this.#options;
    const transcript = output.finish(state.name === 'exited');
    this.#transcript = transcript;
    if (state.name === 'failed') return this.say(describeFailure(state.error));
    const { started, printedBy } = this.#shown ?? {};
    if (started && printedBy !== undefined) {
      const exit = state.name === 'exited' ? { exitCode: state.code } : {};
      const isCut = transcript?.isCut ?? false;
      keepRun(draft.id, { chunks: output.chunks, ...exit, engine: started.engine, isCut, printedBy });
    }
    if (state.name === 'stopped') return this.say('Stopped.');
    root.dataset['exitCode'] = String(state.code);
    const isSame = this.#judge();
    if (isSame !== undefined && !draft.isEdited) root.dataset['same'] = String(isSame);
    this.say(describeExit(state.code) + describeLength(transcript?.lines ?? 0) + describeJudgement(root));
  }

  /** Shows what an earlier visit left, where it left something. */
  async restore(isWanted: () => boolean): Promise<void> {
    const kept = await recallRun(this.#options.draft.id);
    if (!kept || !isWanted()) return;
    this.#transcript = this.#options.output.showKept(kept);
    this.#shown = { printedBy: kept.printedBy };
    this.say(kept.exitCode === undefined ? 'Stopped.' : describeExit(kept.exitCode));
    if (kept.exitCode !== undefined) this.#judge();
  }

  /** Shows the recording, as if nothing had run. */
  forget(): void {
    this.clear();
    this.#shown = undefined;
    this.#options.output.showRecorded();
    this.say(this.#recorded);
  }

  get #fingerprint(): string {
    return fingerprint(JSON.stringify(this.#options.draft.current));
  }

  /** Whether it printed what real Node printed; undefined where that cannot be said. Offers to compare where it did not. */
  #judge(): boolean | undefined {
    const { output, isVarying, compare } = this.#options;
    const { expected, isTerminal } = output;
    if (!expected || !this.#transcript || this.#transcript.isCut || isVarying || isTerminal) return undefined;
    const isSame = isSameOutput(this.#transcript, expected);
    compare.hidden = isSame;
    return isSame;
  }
}

function describeJudgement({ dataset: { same } }: HTMLElement): string {
  if (same === undefined) return '';
  return same === 'true' ? ' Same as the recorded output.' : ' Differs from the recorded output.';
}
