/** Runs in the sandboxed document, whose origin is opaque: starts and ends the Workers of processes. */
import { Backlog } from '../backlog.ts';
import { isIsolated } from '../isolated.ts';
import { member } from '../message-fields.ts';
import {
  sandboxReady,
  type FrameCommand,
  type FrameMessage,
  type WorkerCommand,
  type WorkerMessage,
} from '../protocol.ts';
import type { NetworkNews } from '../network-protocol.ts';
import { LibraryParts } from './library-parts.ts';
import { Network } from './network.ts';
import { findWorkerScript, type WorkerScript } from './worker-script.ts';

/** A Worker asks for each part of the library once, and waits for it. */
const mostPartRequests = 100;

interface ProcessWorker {
  readonly worker: Worker;
  /** How far the frame is behind with its messages. */
  readonly backlog: Backlog;
  /** The process that it runs; a spare one runs none. */
  process?: number;
  /** Bytes of output that the page has seen. */
  readonly seen: Int32Array | undefined;
  /** Why it cannot run a program. */
  failure?: string;
}

class Processes {
  readonly #parts: LibraryParts;
  readonly #network = new Network();
  readonly #running = new Map<number, ProcessWorker>();
  readonly #tell: (message: FrameMessage) => void;
  readonly #workerScript: WorkerScript;
  /** Its library is up already, so that the next program starts sooner. */
  #spare: ProcessWorker | undefined;
  #startWorker: (() => Worker) | undefined;
  #library: string | undefined;

  constructor(tell: (message: FrameMessage) => void, workerScript: WorkerScript) {
    this.#tell = tell;
    this.#workerScript = workerScript;
    this.#parts = new LibraryParts(tell);
  }

  /** Does what the page says; where that fails, the program it is about has failed. */
  handle(command: FrameCommand, port: MessagePort | undefined): void {
    try {
      this.#obey(command, port);
    } catch (error) {
      if ('process' in command)
        this.#tell({ type: 'failed', process: command.process, message: String(error).slice(0, 1000) });
    }
  }

  #obey(command: FrameCommand, port: MessagePort | undefined): void {
    const running = 'process' in command ? this.#running.get(command.process) : undefined;
    if (command.type === 'start' && port) {
      const started = this.#spare ?? this.#prepare();
      this.#spare = undefined;
      this.#running.set(command.process, started);
      started.process = command.process;
      this.#network.join(command.process, (news, transfer) => send(started.worker, news, transfer));
      const fail = (message: string): void =>
        this.#tell({ type: 'failed', process: command.process, message });
      started.worker.onerror = (event) => fail(reasonOf(event));
      if (started.failure !== undefined) fail(started.failure);
      for (const part of this.#parts.messages(command.parts)) send(started.worker, part, []);
      const archives = new Set(command.program.mounts?.map(({ archive }) => archive.buffer));
      send(started.worker, { type: 'run', program: command.program }, [port, ...archives]);
    } else if (command.type === 'runtime') {
      this.#startWorker = this.#workerScript(command.source);
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
      running.backlog.close();
      this.#running.delete(command.process);
      this.#network.leave(command.process);
      this.#spare ??= this.#prepare();
    }
  }

  #prepare(): ProcessWorker {
    if (!this.#startWorker) throw new Error('The page has not sent the runtime yet.');
    const worker = this.#startWorker();
    const seen = isIsolated ? new Int32Array(new SharedArrayBuffer(4)) : undefined;
    const prepared: ProcessWorker = { worker, seen, backlog: new Backlog() };
    let partRequests = 0;
    worker.onmessage = ({ data, ports }: MessageEvent<unknown>) => {
      const isPartRequest = member(data, 'type') === 'part-wanted';
      if (isPartRequest) partRequests += 1;
      if (prepared.backlog.add() || partRequests > mostPartRequests) {
        worker.terminate();
        worker.onerror?.(new ErrorEvent('error', { message: 'It sent the frame more than it may.' }));
      } else if (isPartRequest)
        this.#parts.answer(data as WorkerMessage); // By its type.
      else if (prepared.process !== undefined) this.#network.handle(prepared.process, data, ports[0]);
    };
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

function send(worker: Worker, command: WorkerCommand | NetworkNews, transfer: Transferable[]): void {
  worker.postMessage(command, transfer);
}

function listen(workerScript: WorkerScript): void {
  addEventListener(
    'message',
    ({ ports, source }) => {
      const [port] = ports;
      if (source !== parent || !port) return;
      // A message port, not a window: the list is what it transfers.
      const processes = new Processes((message) => port.postMessage(message, []), workerScript);
      port.onmessage = (event: MessageEvent<FrameCommand>) => processes.handle(event.data, event.ports[0]);
    },
    { once: true },
  );
  parent.postMessage(sandboxReady, '*');
}

void findWorkerScript().then(listen);
