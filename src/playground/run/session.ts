/** One program on screen: what it is doing, and what the reader can make it do. */
import type { Choice, Engines, EngineNeed, StartedProgram } from '../../engine/index.ts';
import type { OutputChunk, Program, Run } from '../../engine/engine.ts';
import type { Entrant, RunQueue, Turn } from './run-queue.ts';

/** What a session is doing. */
export type SessionState =
  | { readonly name: 'idle' }
  | {
      readonly name: 'waiting';
      /** The program that has to end first. */
      readonly ahead: Entrant;
    }
  | {
      readonly name: 'booting';
      /** What is being waited for, as a sentence. */
      readonly message: string;
      /** The embedded engine could take over now. */
      readonly canFallBack: boolean;
    }
  | { readonly name: 'running'; readonly isStopping: boolean }
  | { readonly name: 'exited'; readonly code: number }
  | { readonly name: 'stopped' }
  | { readonly name: 'failed'; readonly error: Error };

/** What a session needs, and whom it tells. */
export interface SessionHost {
  /** What the reader knows the program by. */
  readonly title: string;
  /** Where it waits for its turn. */
  readonly queue: RunQueue;
  /**
   * Makes the page ready: cross-origin isolated where that is possible, with a place for the output. Resolves with the
   * program as it is to be started, or says that the page is about to reload.
   */
  prepare(program: Program): Promise<Program | 'reloading'>;
  loadEngines(): Promise<Engines>;
  onState(state: SessionState): void;
  onStarted(started: StartedProgram): void;
  onOutput(chunk: OutputChunk): void;
  /** A server of the program listens. */
  onServer(port: number): void;
  /** A server of the program stopped, while the program goes on. */
  onServerClosed(port: number): void;
  /** The program waits for input, as far as its engine can tell. */
  onInputWanted(): void;
}

/** From one press of Run to the end of what it started. */
interface Attempt {
  readonly abandon: AbortController;
  readonly embeddedNow: AbortController;
  turn?: Turn;
  run?: Run;
  input?: WritableStreamDefaultWriter<string>;
  isStopping: boolean;
  isOver: boolean;
}

/** Owns the state of one program; what an earlier run still has to say is ignored. */
export class Session {
  readonly #host: SessionHost;
  #state: SessionState = { name: 'idle' };
  #attempt: Attempt | undefined;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  /** What it is doing. */
  get state(): SessionState {
    return this.#state;
  }

  /** The program that runs; undefined before its start and after its end. */
  get run(): Run | undefined {
    return this.#attempt?.isOver === false ? this.#attempt.run : undefined;
  }

  /** Runs a program, after the end of the one that is running. Never rejects: failures are states. */
  async start(program: Program, need: EngineNeed): Promise<void> {
    const previous = this.#attempt;
    const attempt: Attempt = {
      abandon: new AbortController(),
      embeddedNow: new AbortController(),
      isStopping: false,
      isOver: false,
    };
    this.#attempt = attempt;
    this.#move({ name: 'booting', message: 'Getting ready.', canFallBack: false });
    try {
      await end(previous);
      if (!this.#isCurrent(attempt)) return;
      await this.#takeTurn(attempt);
      if (!this.#isCurrent(attempt)) return;
      const ready = await this.#host.prepare(program);
      if (ready === 'reloading') return;
      const started = await this.#begin(attempt, ready, need);
      if (!started) return;
      attempt.run = started.run;
      this.#host.onStarted(started);
      this.#move({ name: 'running', isStopping: false });
      const printed = this.#read(attempt, started.run.output);
      const code = await started.run.exit;
      await printed;
      this.#finish(attempt, attempt.isStopping ? { name: 'stopped' } : { name: 'exited', code });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#finish(attempt, attempt.isStopping ? { name: 'stopped' } : { name: 'failed', error });
    } finally {
      attempt.turn?.leave();
    }
  }

  /** Types into the program; nothing where none runs or reads. */
  type(text: string): void {
    // A program that has closed its input does not hear it.
    this.#input()
      ?.write(text)
      .catch(() => {});
  }

  /** Ends the program's input. */
  endInput(): void {
    this.#input()
      ?.close()
      .catch(() => {});
  }

  /** Gives up waiting for WebContainer. */
  useEmbeddedNow(): void {
    this.#attempt?.embeddedNow.abort();
  }

  /** Asks the program to end; asked twice, ends it at once. */
  async stop(): Promise<void> {
    const attempt = this.#attempt;
    if (!attempt || attempt.isOver) return;
    const signal = attempt.isStopping ? 'SIGKILL' : 'SIGINT';
    attempt.isStopping = true;
    if (!attempt.run) {
      attempt.abandon.abort();
      this.#finish(attempt, { name: 'stopped' });
      return;
    }
    this.#move({ name: 'running', isStopping: true });
    try {
      await attempt.run.kill(signal);
      this.#finish(attempt, { name: 'stopped' });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#finish(attempt, { name: 'failed', error });
    }
  }

  /** Ends what runs, and is as if nothing had run. */
  reset(): void {
    void end(this.#attempt); // Nobody waits for it: `end` never rejects, and its output is ignored.
    this.#attempt = undefined;
    this.#move({ name: 'idle' });
  }

  async #takeTurn(attempt: Attempt): Promise<void> {
    const { title, queue } = this.#host;
    const entrant = { title, stop: () => this.stop() };
    const turn = await queue.enter(entrant, attempt.abandon.signal, (ahead) =>
      this.#move({ name: 'waiting', ahead }),
    );
    attempt.turn = turn;
    if (!this.#isCurrent(attempt)) turn.leave();
    else if (this.#state.name === 'waiting')
      this.#move({ name: 'booting', message: 'Getting ready.', canFallBack: false });
  }

  #input(): WritableStreamDefaultWriter<string> | undefined {
    const attempt = this.#attempt;
    if (!attempt?.run || attempt.isOver) return undefined;
    return (attempt.input ??= attempt.run.stdin.getWriter());
  }

  async #begin(attempt: Attempt, program: Program, need: EngineNeed): Promise<StartedProgram | undefined> {
    const { signal } = attempt.abandon;
    const engines = await this.#host.loadEngines();
    if (!this.#isCurrent(attempt)) return undefined;
    const choice = engines.choose(need);
    const tell = (message: string) => {
      if (!this.#isCurrent(attempt) || attempt.run) return;
      this.#move({ name: 'booting', message, canFallBack: canFallBack(choice, engines, attempt) });
    };
    tell(choice.engine === 'webcontainer' ? 'Starting WebContainer.' : 'Starting the embedded engine.');
    const started = await engines.start(program, {
      need,
      signal,
      embeddedNow: attempt.embeddedNow.signal,
      onProgress: ({ message }) => tell(message),
      onServer: (port) => {
        attempt.turn?.serve(port);
        if (this.#isCurrent(attempt)) this.#host.onServer(port);
      },
      onServerClosed: (port) => {
        attempt.turn?.unserve(port);
        if (this.#isCurrent(attempt)) this.#host.onServerClosed(port);
      },
      onInputWanted: () => {
        if (this.#isCurrent(attempt)) this.#host.onInputWanted();
      },
    });
    if (this.#isCurrent(attempt)) return started;
    await started.run.kill('SIGKILL');
    return undefined;
  }

  async #read(attempt: Attempt, output: ReadableStream<OutputChunk>): Promise<void> {
    const reader = output.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (attempt.abandon.signal.aborted) {
        await reader.cancel();
        return;
      }
      if (done) return;
      this.#host.onOutput(value);
    }
  }

  /** Whether what an attempt reports still counts: no other was started, and it was not stopped while it booted. */
  #isCurrent(attempt: Attempt): boolean {
    return this.#attempt === attempt && !attempt.isOver;
  }

  #finish(attempt: Attempt, state: SessionState): void {
    if (!this.#isCurrent(attempt)) return;
    attempt.isOver = true;
    // Said before the next one begins.
    this.#move(state);
    attempt.turn?.leave();
  }

  #move(state: SessionState): void {
    this.#state = state;
    this.#host.onState(state);
  }
}

function canFallBack(choice: Choice, { failure }: Engines, { embeddedNow }: Attempt): boolean {
  return choice.canFallBack && failure === undefined && !embeddedNow.signal.aborted;
}

/** Ends an attempt by force; an engine that cannot even do that has nothing more to say here. */
async function end(attempt: Attempt | undefined): Promise<void> {
  if (!attempt) return;
  attempt.abandon.abort();
  if (!attempt.isOver) await attempt.run?.kill('SIGKILL').catch(() => {});
  attempt.turn?.leave();
}
