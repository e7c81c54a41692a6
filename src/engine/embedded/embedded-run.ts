/** One program in the embedded engine, as the page sees it. */
import { EngineError } from '../engine.ts';
import type {
  OutputChunk,
  Program,
  ProgramRequest,
  ProgramResponse,
  Run,
  StartOptions,
  StopSignal,
} from '../engine.ts';
import type { ProgramPackages } from '../packages/npm-packages.ts';
import { Backlog } from './backlog.ts';
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
  readonly #requests = new Map<number, PromiseWithResolvers<ProgramResponse>>();
  readonly #decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
  readonly #onServer: ((port: number) => void) | undefined;
  #controller: ReadableStreamDefaultController<OutputChunk> | undefined;
  #hasEnded = false;
  #printed = 0;
  #requestCount = 0;

  constructor(
    connection: Processes,
    program: Program,
    { archives, advice }: ProgramPackages,
    { signal, onServer }: StartOptions,
  ) {
    this.#connection = connection;
    this.#onServer = onServer;
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
    const { files, command, env, stdin = '' } = program;
    const mounts = [...archives.values()].map((archive) => ({ path: packagesDirectory, archive }));
    const given = { files, mounts, packageAdvice: advice, command, env, stdin };
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

  request(port: number, request: ProgramRequest): Promise<ProgramResponse> {
    if (this.#hasEnded) return Promise.reject(new Error('The program has ended.'));
    const id = ++this.#requestCount;
    const answer = Promise.withResolvers<ProgramResponse>();
    this.#requests.set(id, answer);
    this.#send({ type: 'request', id, port, request });
    return answer.promise;
  }

  #receive(message: ProcessMessage): void {
    switch (message.type) {
      case 'output':
        this.#printed += message.bytes.length;
        if (this.#printed > mostOutput) return this.#fail(tooMuchOutput());
        this.#print(message.fd, message.bytes);
        return this.#connection.acknowledge(this.#process, message.bytes.length + outputCost);
      case 'listening':
        return this.#onServer?.(message.port);
      case 'response':
        this.#requests.get(message.id)?.resolve(message.response);
        return void this.#requests.delete(message.id);
      case 'request-failed':
        this.#requests.get(message.id)?.reject(new Error(message.message));
        return void this.#requests.delete(message.id);
      case 'exit':
        return this.#end(() => this.#ended.resolve(message.code));
      case 'crashed':
        return this.#fail(crashed(message.message));
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
    for (const answer of this.#requests.values()) answer.reject(new Error('The program has ended.'));
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
