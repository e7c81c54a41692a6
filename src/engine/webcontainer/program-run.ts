/** One program in a WebContainer: its terminal read as streams, its end made certain. */
import type { WebContainerProcess } from '@webcontainer/api';
import { EngineError } from '../engine.ts';
import type {
  OutputChunk,
  ProgramRequest,
  ProgramResponse,
  ProgramWebSocket,
  Run,
  StopSignal,
  TerminalSize,
} from '../engine.ts';
import { reasonOf } from './inner-client.ts';
import { outputOf } from './process-output.ts';
import { TerminalOutput } from './terminal-output.ts';

/** Milliseconds in which the last that the program's servers sent reaches the page. */
const LAST_ANSWERS = 1000;

const INTERRUPT = '\x03';
const END_OF_FILE = '\x04';

/** How Node reports that it found no package of this name. */
const LACKS_PACKAGE = /Cannot find (?:package|module) '(?![./#])[^']+'[^]*\nNode\.js v[\d.]+\s*$/;
/** Characters in which such a report has room. */
const LONGEST_REPORT = 10_000;

const SIGNAL_NUMBERS: Readonly<Record<StopSignal, number>> = { SIGINT: 2, SIGTERM: 15, SIGKILL: 9 };

/** What a run needs to know of its container. */
export interface ProgramRunOptions {
  /** Absolute path of the program's directory. */
  readonly directory: string;
  readonly stdin: string;
  /** What to say to a program that ends because it lacks an npm package; nothing if empty. */
  readonly packageAdvice: string;
  /** How long a killed program may take to exit, in milliseconds. */
  readonly killGrace: number;
  /** The program is on a terminal of the reader: standard input does not end by itself. */
  readonly isTerminal: boolean;
  readonly onServer: ((port: number) => void) | undefined;
  readonly onServerClosed: ((port: number) => void) | undefined;
  readonly request: (port: number, request: ProgramRequest, signal: AbortSignal) => Promise<ProgramResponse>;
  readonly connect: (
    port: number,
    path: string,
    protocols: readonly string[],
    signal: AbortSignal,
  ) => Promise<ProgramWebSocket>;
  /** Ends the process together with its container. */
  readonly endByForce: () => void;
}

function after(milliseconds: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, 'late'));
}

/** A run behind the client's process, whose output may never end and whose kill may have no effect. */
export class ProgramRun implements Run {
  readonly output: ReadableStream<OutputChunk>;
  readonly stdin: WritableStream<string>;
  readonly exit: Promise<number>;

  readonly #process: WebContainerProcess;
  readonly #options: ProgramRunOptions;
  readonly #input: WritableStreamDefaultWriter<string>;
  readonly #ended = Promise.withResolvers<number>();
  #controller: ReadableStreamDefaultController<OutputChunk> | undefined;
  /** Aborted when nothing of the program's servers can come any more. */
  readonly #life = new AbortController();
  #hasEnded = false;
  /** Why there are no servers of the program any more. */
  #gone: Error | undefined;
  #lastPrinted = '';

  constructor(process: WebContainerProcess, options: ProgramRunOptions) {
    this.#process = process;
    this.#options = options;
    this.#input = process.input.getWriter();
    this.exit = this.#ended.promise;
    // Whoever reads the output alone learns of a failure there.
    this.exit.catch(() => {});
    this.output = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      // The program goes on, and is still read: a full terminal would stop it.
      cancel: () => {
        this.#controller = undefined;
      },
    });
    this.stdin = new WritableStream({
      write: (text) => this.#write(text),
      close: () => this.#write(END_OF_FILE),
    });
    this.#write(options.stdin);
    // In the middle of a line, the first only ends the line.
    if (!options.isTerminal)
      this.#write(/(^|\n)$/.test(options.stdin) ? END_OF_FILE : END_OF_FILE + END_OF_FILE);
    this.#read().then(
      (code) => this.#end(code),
      (cause: unknown) => {
        this.lose(new EngineError('webcontainer', 'crashed', 'WebContainer lost the program.', { cause }));
      },
    );
  }

  /** A server began to listen, or stopped. */
  onServer(port: number, type: 'open' | 'close'): void {
    if (type === 'open') this.#options.onServer?.(port);
    else if (!this.#hasEnded) this.#options.onServerClosed?.(port);
  }

  resize({ columns, rows }: TerminalSize): void {
    if (this.#options.isTerminal && !this.#hasEnded) this.#process.resize({ cols: columns, rows });
  }

  async kill(signal: StopSignal): Promise<void> {
    if (this.#hasEnded) return;
    const { killGrace } = this.#options;
    // The client knows no signals; this is what a terminal makes of Ctrl+C.
    if (signal === 'SIGINT') {
      this.#write(INTERRUPT);
      if (await this.#endsWithin(killGrace / 2)) return;
    }
    this.#process.kill();
    if (await this.#endsWithin(signal === 'SIGINT' ? killGrace / 2 : killGrace)) return;
    // A program that never returns to the event loop cannot be killed otherwise.
    this.#options.endByForce();
    this.#life.abort(new Error('The program was stopped before it answered.'));
    this.#end(128 + SIGNAL_NUMBERS.SIGKILL);
  }

  request(port: number, request: ProgramRequest, signal?: AbortSignal): Promise<ProgramResponse> {
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal));
    const { signal: life } = this.#life;
    const either = signal ? AbortSignal.any([signal, life]) : life;
    return this.#gone ? Promise.reject(this.#gone) : this.#options.request(port, request, either);
  }

  connect(port: number, path: string, protocols: readonly string[] = []): Promise<ProgramWebSocket> {
    if (this.#gone) return Promise.reject(this.#gone);
    return this.#options.connect(port, path, protocols, this.#life.signal);
  }

  /** The engine failed under the program. */
  lose(error: EngineError): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#gone = error;
    this.#controller?.error(error);
    this.#ended.reject(error);
    this.#life.abort(error);
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    const { packageAdvice } = this.#options;
    if (code !== 0 && packageAdvice !== '' && LACKS_PACKAGE.test(this.#lastPrinted)) {
      this.#print([{ stream: 'stderr', text: `\n${packageAdvice}\n` }]);
    }
    this.#hasEnded = true;
    const gone = new Error(`The program ended with code ${code} before it answered.`);
    this.#gone = gone;
    this.#controller?.close();
    this.#ended.resolve(code);
    setTimeout(() => this.#life.abort(gone), LAST_ANSWERS);
  }

  #write(text: string): void {
    if (text === '' || this.#hasEnded) return;
    // The client itself drops what comes after the exit.
    this.#input.write(text).catch(() => {});
  }

  async #endsWithin(grace: number): Promise<boolean> {
    const ended = this.exit.then(
      () => 'ended',
      () => 'ended',
    );
    return (await Promise.race([ended, after(grace)])) === 'ended';
  }

  async #read(): Promise<number> {
    const terminal = new TerminalOutput(this.#options.directory);
    for await (const text of outputOf(this.#process)) this.#print(terminal.push(text));
    this.#print(terminal.end());
    return this.#process.exit;
  }

  #print(chunks: readonly OutputChunk[]): void {
    if (this.#hasEnded) return;
    for (const chunk of chunks) {
      this.#lastPrinted = (this.#lastPrinted + chunk.text).slice(-LONGEST_REPORT);
      this.#controller?.enqueue(chunk);
    }
  }
}
