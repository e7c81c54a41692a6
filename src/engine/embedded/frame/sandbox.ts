/** Runs in the sandboxed document, whose origin is opaque: starts and ends the Workers of processes. */
import { sandboxReady, type FrameCommand, type LoadEngine, type WorkerCommand } from '../protocol.ts';

interface ProcessWorker {
  readonly worker: Worker;
  /** Bytes of output that the page has seen. */
  readonly seen: Int32Array | undefined;
}

class Processes {
  readonly #runtimeUrl: string;
  readonly #library: string;
  readonly #running = new Map<number, ProcessWorker>();
  /** Its library is up already, so that the next program starts sooner. */
  #spare: ProcessWorker | undefined;

  constructor({ runtime, library }: LoadEngine) {
    this.#runtimeUrl = URL.createObjectURL(new Blob([runtime], { type: 'text/javascript' }));
    this.#library = library;
    this.#spare = this.#prepare();
  }

  handle(command: FrameCommand, port: MessagePort | undefined): void {
    const running = this.#running.get(command.process);
    if (command.type === 'start' && port) {
      const started = this.#spare ?? this.#prepare();
      this.#spare = undefined;
      this.#running.set(command.process, started);
      started.worker.onerror = (event) => port.postMessage({ type: 'crashed', message: event.message });
      const archives = new Set(command.program.mounts?.map(({ archive }) => archive.buffer));
      send(started.worker, { type: 'run', program: command.program }, [port, ...archives]);
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
    const worker = new Worker(this.#runtimeUrl);
    const seen = crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : undefined;
    send(worker, { type: 'prepare', library: this.#library, ...(seen ? { seen } : {}) }, []);
    return { worker, seen };
  }
}

function send(worker: Worker, command: WorkerCommand, transfer: Transferable[]): void {
  worker.postMessage(command, transfer);
}

addEventListener(
  'message',
  ({ data, ports, source }: MessageEvent<LoadEngine>) => {
    const [port] = ports;
    if (source !== parent || !port) return;
    const processes = new Processes(data);
    port.onmessage = (event: MessageEvent<FrameCommand>) => processes.handle(event.data, event.ports[0]);
  },
  { once: true },
);
parent.postMessage(sandboxReady, '*');
