/** The checks of an exercise on an answer: one run at a time, with an end in sight. */
import { checkCommand, checkedFiles, runTimeLimit } from '../../checks/program.ts';
import { CheckReader } from '../../checks/protocol.ts';
import type { CheckResult } from '../../checks/protocol.ts';
import type { OutputChunk } from '../../engine/engine.ts';
import { longestOutput } from '../output/screen.ts';
import { Session } from '../run/session.ts';
import type { SessionHost, SessionState } from '../run/session.ts';
import type { CheckReport } from './report.ts';

/** An answer, and what it is checked with. */
export interface Answer {
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  /** Text of the checks. */
  readonly checks: string;
}

/** Where checks run, and who hears of them. */
export interface CheckRunHost extends Pick<SessionHost, 'title' | 'queue' | 'loadEngines'> {
  /** Milliseconds after which a run is stopped. */
  readonly timeLimit?: number;
  onState(state: SessionState): void;
  /** There is a result more, or a check began: `running` is its name. */
  onProgress(results: readonly CheckResult[], running: string | undefined): void;
  /** The run ended, or was stopped; where an engine failed there is no report, but a state. */
  onReport(report: CheckReport): void;
}

/** Runs checks; what an earlier run still has to say is ignored. */
export class CheckRun {
  readonly #host: CheckRunHost;
  readonly #session: Session;
  #reader = new CheckReader();
  #printed = '';
  #stderr = '';
  #clock: ReturnType<typeof setTimeout> | undefined;
  #isTimedOut = false;
  #isOver = true;

  constructor(host: CheckRunHost) {
    this.#host = host;
    this.#session = new Session({
      title: host.title,
      queue: host.queue,
      loadEngines: () => host.loadEngines(),
      prepare: (program) => Promise.resolve(program),
      onState: (state) => this.#move(state),
      onOutput: (chunk) => this.#read(chunk),
      onStarted() {},
      onServer() {},
      onServerClosed() {},
      onInputWanted() {},
    });
  }

  /** Checks an answer; a run that is under way is ended first. */
  start({ files, env, packages, checks }: Answer): void {
    // What the run before still prints goes nowhere.
    this.#reader = new CheckReader();
    this.#printed = this.#stderr = '';
    this.#isTimedOut = this.#isOver = false;
    // Nobody types while checks run: an answer that reads its input finds the end, as where checks are proven.
    const program = { files: checkedFiles(files, checks), env, packages, command: checkCommand, stdin: '' };
    void this.#session.start(program, 'any'); // It never rejects.
  }

  /** Asks the run to end; asked twice, ends it at once. */
  stop(): void {
    void this.#session.stop(); // It never rejects.
  }

  /** Gives up waiting for WebContainer. */
  useEmbeddedNow(): void {
    this.#session.useEmbeddedNow();
  }

  /** Ends what runs; nobody is told. */
  dispose(): void {
    clearTimeout(this.#clock);
    this.#session.reset();
  }

  #move(state: SessionState): void {
    if (state.name !== 'running') clearTimeout(this.#clock);
    else if (!state.isStopping)
      this.#clock = setTimeout(() => this.#runOut(), this.#host.timeLimit ?? runTimeLimit);
    this.#host.onState(state);
    if (state.name !== 'exited' && state.name !== 'stopped') return;
    this.#isOver = true;
    this.#host.onReport(this.#report(state.name));
  }

  #runOut(): void {
    this.#isTimedOut = true;
    // A program that never lets go of its thread does not hear the first.
    this.stop();
    this.stop();
  }

  #read({ stream, text }: OutputChunk): void {
    if (this.#isOver) return;
    if (stream === 'stderr') {
      this.#stderr = (this.#stderr + text).slice(0, longestOutput);
      return;
    }
    const { results, running } = this.#reader;
    const count = results.length;
    this.#printed = (this.#printed + this.#reader.push(text)).slice(0, longestOutput);
    if (this.#reader.results.length !== count || this.#reader.running !== running)
      this.#host.onProgress(this.#reader.results, this.#reader.running);
  }

  #report(how: 'exited' | 'stopped'): CheckReport {
    const { results, running } = this.#reader;
    const { printed, verdict } = this.#reader.end();
    const ending = how === 'exited' ? verdict : this.#isTimedOut ? 'timed-out' : 'stopped';
    return {
      ending,
      results: [...results],
      running,
      printed: this.#printed + printed,
      stderr: this.#stderr,
    };
  }
}
