/** One program in a WebContainer: its terminal read as streams, its end made certain. */
import type { WebContainerProcess } from '@webcontainer/api';
import { EngineError } from '../engine.ts';
import type { OutputChunk, ProgramRequest, ProgramResponse, Run, StopSignal } from '../engine.ts';
import { TerminalOutput } from './terminal-output.ts';

/** A terminal without output for so long after the exit has nothing more to say, in milliseconds. */
const DRAIN = 300;

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
  /** What to say to a program that ends because it lacks an npm package. */
  readonly packageAdvice: string;
  /** How long a killed program may take to exit, in milliseconds. */
  readonly killGrace: number;
  readonly onServer: ((port: number) => void) | undefined;
  readonly request: (port: number, request: ProgramRequest) => Promise<ProgramResponse>;
  /** Ends the process together with its container. */
  readonly endByForce: () => void;
}

function after(milliseconds: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, 'late'));
}

/** Silence, in a page that was free to hear: what came while it was busy is handled between the two waits. */
async function silence(): Promise<'late'> {
  await after(DRAIN);
  return after(0);
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
  #hasEnded = false;
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
    this.#write(/(^|\n)$/.test(options.stdin) ? END_OF_FILE : END_OF_FILE + END_OF_FILE);
    this.#read().then(
      (code) => this.#end(code),
      (cause: unknown) => {
        this.lose(new EngineError('webcontainer', 'crashed', 'WebContainer lost the program.', { cause }));
      },
    );
  }

  /** A server began to listen. */
  onServer(port: number): void {
    this.#options.onServer?.(port);
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
    this.#end(128 + SIGNAL_NUMBERS.SIGKILL);
  }

  async request(port: number, request: ProgramRequest): Promise<ProgramResponse> {
    const ended = this.exit.then((code) => {
      throw new Error(`The program ended with code ${code} before it answered.`);
    });
    return Promise.race([this.#options.request(port, request), ended]);
  }

  /** The engine failed under the program. */
  lose(error: EngineError): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#controller?.error(error);
    this.#ended.reject(error);
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    if (code !== 0 && LACKS_PACKAGE.test(this.#lastPrinted)) {
      this.#print([{ stream: 'stderr', text: `\n${this.#options.packageAdvice}\n` }]);
    }
    this.#hasEnded = true;
    this.#controller?.close();
    this.#ended.resolve(code);
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

  /** Reads until the exit, and what comes briefly after it. */
  async #read(): Promise<number> {
    const reader = this.#process.output.getReader();
    const terminal = new TerminalOutput(this.#options.directory);
    const exited = this.#process.exit.then(() => 'exited' as const);
    let next = reader.read();
    let patience: Promise<'exited' | 'late'> = exited;
    for (;;) {
      const result = await Promise.race([next, patience]);
      if (result === 'late') break;
      if (result === 'exited') {
        patience = silence();
        continue;
      }
      if (result.done) break;
      this.#print(terminal.push(result.value));
      next = reader.read();
      if (patience !== exited) patience = silence();
    }
    this.#print(terminal.end());
    // It may never end by itself, and nobody reads on.
    reader.cancel().catch(() => {});
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
