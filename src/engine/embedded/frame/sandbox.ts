/** Runs in the sandboxed document, whose origin is opaque: starts and ends the Workers of processes. */
import {
  sandboxReady,
  type FrameCommand,
  type FrameMessage,
  type WorkerCommand,
  type WorkerMessage,
} from '../protocol.ts';
import { LibraryParts } from './library-parts.ts';

/** A Worker asks for each part of the library once, and waits for it. */
const mostWorkerMessages = 100;

interface ProcessWorker {
  readonly worker: Worker;
  /** Bytes of output that the page has seen. */
  readonly seen: Int32Array | undefined;
  /** Why it cannot run a program. */
  failure?: string;
}

class Processes {
  readonly #parts: LibraryParts;
  readonly #running = new Map<number, ProcessWorker>();
  readonly #tell: (message: FrameMessage) => void;
  /** Its library is up already, so that the next program starts sooner. */
  #spare: ProcessWorker | undefined;
  #runtimeUrl: string | undefined;
  #library: string | undefined;

  constructor(tell: (message: FrameMessage) => void) {
    this.#tell = tell;
    this.#parts = new LibraryParts(tell);
  }

  handle(command: FrameCommand, port: MessagePort | undefined): void {
    const running = 'process' in command ? this.#running.get(command.process) : undefined;
    if (command.type === 'start' && port) {
      const started = this.#spare ?? this.#prepare();
      this.#spare = undefined;
      this.#running.set(command.process, started);
      const fail = (message: string): void =>
        this.#tell({ type: 'failed', process: command.process, message });
      started.worker.onerror = (event) => fail(reasonOf(event));
      if (started.failure !== undefined) fail(started.failure);
      for (const part of this.#parts.messages(command.parts)) send(started.worker, part, []);
      const archives = new Set(command.program.mounts?.map(({ archive }) => archive.buffer));
      send(started.worker, { type: 'run', program: command.program }, [port, ...archives]);
    } else if (command.type === 'runtime') {
      this.#runtimeUrl = URL.createObjectURL(new Blob([command.source], { type: 'text/javascript' }));
      this.#spare = this.#prepare();
    } else if (command.type === 'library') {
      this.#library = command.text;
      if (this.#spare) this.#giveLibrary(this.#spare);
    } else if (command.type === 'ping') {
      this.#tell({ type: 'alive' });
    } else if (command.type === 'part') {
      this.#parts.add(command);
    } else if (command.type === 'seen' && running?.seen) {
      Atomics.add(running.seen, 0, command.bytes);
      Atomics.notify(running.seen, 0);
    } else if (command.type === 'terminate' && running) {
      running.worker.terminate();
      this.#running.delete(command.process);
      this.#spare ??= this.#prepare();
    }
  }

  #prepare(): ProcessWorker {
    if (this.#runtimeUrl === undefined) throw new Error('The page has not sent the runtime yet.');
    const worker = new Worker(this.#runtimeUrl);
    let messages = 0;
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      messages += 1;
      if (messages <= mostWorkerMessages) return this.#parts.answer(data);
      worker.terminate();
      worker.onerror?.(new ErrorEvent('error', { message: 'It sent the frame more than it may.' }));
    };
    const seen = crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : undefined;
    const prepared: ProcessWorker = { worker, seen };
    worker.onerror = (event) => (prepared.failure = reasonOf(event));
    this.#giveLibrary(prepared);
    return prepared;
  }

  /** Lets a Worker bring Node's library up, once it is there. */
  #giveLibrary({ worker, seen }: ProcessWorker): void {
    if (this.#library === undefined) return;
    send(worker, { type: 'prepare', library: this.#library, ...(seen ? { seen } : {}) }, []);
  }
}

function reasonOf({ message }: ErrorEvent): string {
  // A script that is not loaded has no message.
  return message ? message.slice(0, 1000) : 'The Worker did not start.';
}

function send(worker: Worker, command: WorkerCommand, transfer: Transferable[]): void {
  worker.postMessage(command, transfer);
}

addEventListener(
  'message',
  ({ ports, source }) => {
    const [port] = ports;
    if (source !== parent || !port) return;
    // A message port, not a window: the list is what it transfers.
    const processes = new Processes((message) => port.postMessage(message, []));
    port.onmessage = (event: MessageEvent<FrameCommand>) => processes.handle(event.data, event.ports[0]);
  },
  { once: true },
);
parent.postMessage(sandboxReady, '*');
