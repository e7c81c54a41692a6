/** One program in the embedded engine, as the page sees it. */
import { EngineError } from '../engine.ts';
import type {
  OutputChunk,
  Program,
  ProgramRequest,
  ProgramResponse,
  ProgramWebSocket,
  Run,
  StartOptions,
  StopSignal,
  TerminalSize,
} from '../engine.ts';
import type { ProgramPackages } from '../packages/npm-packages.ts';
import { Backlog } from './backlog.ts';
import { Exchanges } from './exchanges.ts';
import { crashed, type FrameConnection } from './frame-connection.ts';
import { outputCost, readProcessMessage, type ProcessCommand, type ProcessMessage } from './protocol.ts';

/** Milliseconds that a program may take to end after a signal before it is ended by force. */
const signalGrace = 500;

/** Bytes that a program may print: what comes faster than a page can read it piles up in its memory. */
const mostOutput = 256 * 1024 * 1024;

/** Where a program finds npm packages. */
const packagesDirectory = '/home/reader/node_modules';

const signalNumbers: Readonly<Record<StopSignal, number>> = { SIGINT: 2, SIGTERM: 15, SIGKILL: 9 };

/** What starts and ends processes. */
export type Processes = Pick<FrameConnection, 'start' | 'acknowledge' | 'terminate'>;

export class EmbeddedRun implements Run {
  readonly output: ReadableStream<OutputChunk>;
  readonly stdin: WritableStream<string>;
  readonly exit: Promise<number>;
  readonly #connection: Processes;
  readonly #process: number;
  readonly #port: MessagePort;
  readonly #backlog = new Backlog();
  readonly #ended = Promise.withResolvers<number>();
  readonly #exchanges = new Exchanges((command) => this.#send(command));
  readonly #decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
  readonly #options: StartOptions;
  #controller: ReadableStreamDefaultController<OutputChunk> | undefined;
  #hasEnded = false;
  #printed = 0;

  constructor(
    connection: Processes,
    program: Program,
    { archives, advice }: ProgramPackages,
    options: StartOptions,
  ) {
    const { signal } = options;
    this.#connection = connection;
    this.#options = options;
    this.exit = this.#ended.promise;
    // Whoever reads the output alone learns of a failure there.
    this.exit.catch(() => {});
    this.output = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = undefined;
      },
    });
    this.stdin = new WritableStream({
      write: (text) => this.#send({ type: 'stdin', text }),
      close: () => this.#send({ type: 'stdin-end' }),
    });
    const { files, command, env, terminal } = program;
    const mounts = [...archives.values()].map((archive) => ({ path: packagesDirectory, archive }));
    // Whoever wants to know that it is waited for can send some, until then it has no end.
    const isOpen = options.onInputWanted !== undefined && program.stdin === undefined && !terminal;
    const input = { ...(isOpen ? {} : { stdin: program.stdin ?? '' }), ...(terminal ? { terminal } : {}) };
    const given = { files, mounts, packageAdvice: advice, command, env, ...input };
    ({ process: this.#process, port: this.#port } = connection.start(given, (error) => this.#fail(error)));
    this.#port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#hasEnded) return;
      if (this.#backlog.add()) return this.#fail(tooManyMessages());
      const message = readProcessMessage(data);
      if (message) this.#receive(message);
      else this.#fail(crashed('It sent a message that is none of its protocol.'));
    };
    const abort = (): void => this.#endByForce('SIGKILL');
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
  }

  async kill(signal: StopSignal): Promise<void> {
    if (this.#hasEnded) return;
    if (signal === 'SIGKILL') this.#endByForce(signal);
    else {
      this.#send({ type: 'signal', signal: signalNumbers[signal] });
      const force = setTimeout(() => this.#endByForce(signal), signalGrace);
      this.exit.finally(() => clearTimeout(force)).catch(() => {});
    }
    await this.exit.catch(() => {});
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#send({ type: 'resize', size: { columns, rows } });
  }

  request(port: number, request: ProgramRequest, signal?: AbortSignal): Promise<ProgramResponse> {
    if (this.#hasEnded) return Promise.reject(new Error('The program has ended.'));
    return this.#exchanges.request(port, request, signal);
  }

  connect(port: number, path: string, protocols: readonly string[] = []): Promise<ProgramWebSocket> {
    if (this.#hasEnded) return Promise.reject(new Error('The program has ended.'));
    return this.#exchanges.connect(port, path, protocols);
  }

  #receive(message: ProcessMessage): void {
    switch (message.type) {
      case 'output':
        this.#printed += message.bytes.length;
        if (this.#printed > mostOutput) return this.#fail(tooMuchOutput());
        this.#print(message.fd, message.bytes);
        return this.#connection.acknowledge(this.#process, message.bytes.length + outputCost);
      case 'echo':
        return this.#controller?.enqueue({ stream: 'both', text: message.text });
      case 'input-wanted':
        return this.#options.onInputWanted?.();
      case 'listening':
        return this.#options.onServer?.(message.port);
      case 'server-closed':
        return this.#options.onServerClosed?.(message.port);
      case 'exit':
        return this.#end(() => this.#ended.resolve(message.code));
      case 'crashed':
        return this.#fail(crashed(message.message));
      case 'response':
      case 'body':
      case 'body-end':
      case 'connected':
      case 'message':
      case 'closed':
      case 'request-failed':
        return this.#exchanges.receive(message);
    }
  }

  #print(fd: 1 | 2, bytes: Uint8Array | undefined): void {
    const text = this.#decoders[fd].decode(bytes, { stream: bytes !== undefined });
    if (text !== '') this.#controller?.enqueue({ stream: fd === 1 ? 'stdout' : 'stderr', text });
  }

  #fail(error: EngineError): void {
    if (!this.#hasEnded) this.#end(() => this.#ended.reject(error));
  }

  #endByForce(signal: StopSignal): void {
    if (!this.#hasEnded) this.#end(() => this.#ended.resolve(128 + signalNumbers[signal]));
  }

  #end(settle: () => void): void {
    this.#hasEnded = true;
    this.#connection.terminate(this.#process);
    this.#port.close();
    this.#backlog.close();
    this.#print(1, undefined);
    this.#print(2, undefined);
    this.#controller?.close();
    this.#exchanges.end();
    settle();
  }

  #send(command: ProcessCommand): void {
    // A message port, not a window: the list is what it transfers.
    if (!this.#hasEnded) this.#port.postMessage(command, []);
  }
}

function tooMuchOutput(): EngineError {
  const sentence = `The program was stopped because it printed more than ${mostOutput / 1024 / 1024} MB, the most that the embedded engine takes. Let it print less, then run it again.`;
  return new EngineError('embedded', 'limit', sentence);
}

function tooManyMessages(): EngineError {
  const sentence =
    'The program was stopped because it printed faster than the page can read. Let it print less at a time, then run it again.';
  return new EngineError('embedded', 'limit', sentence);
}
