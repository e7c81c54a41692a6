/** The engine's frame in the page: loaded once a visit, given the engine's code, told to start and end processes. */
import { EngineError } from '../engine.ts';
import { fetchText } from './fetch-text.ts';
import { Heartbeat } from './heartbeat.ts';
import { parseManifest, type EngineManifest } from './manifest.ts';
import { PartLoader } from './part-loader.ts';
import {
  readFrameMessage,
  sandboxReady,
  type FrameCommand,
  type FrameMessage,
  type LoadEngine,
  type ProcessProgram,
} from './protocol.ts';

/** Milliseconds that the frame may take to answer: it comes from the site itself, at the same time as the engine's code. */
const frameDeadline = 30_000;

/** Told why a process cannot go on. */
export type OnFailure = (error: EngineError) => void;

export class FrameConnection {
  readonly #port: MessagePort;
  readonly #parts: PartLoader;
  readonly #running = new Map<number, OnFailure>();
  readonly #heartbeat: Heartbeat;
  #processes = 0;

  private constructor(port: MessagePort, parts: ReadonlyMap<string, URL>, onLost: () => void) {
    this.#port = port;
    this.#parts = new PartLoader(parts, (part) => this.#send(part));
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readFrameMessage(data);
      if (message) this.#receive(message);
    };
    this.#heartbeat = new Heartbeat(
      () => this.#send({ type: 'ping' }),
      () => {
        port.close();
        onLost();
        for (const onFailure of this.#running.values()) onFailure(lost());
      },
    );
  }

  /** Loads the engine from a folder of the site; `onLost` is called if its frame dies. Throws an `EngineError`. */
  static async open(baseUrl: string, onLost: () => void): Promise<FrameConnection> {
    const url = new URL(baseUrl, document.baseURI);
    const manifest = await readManifest(url);
    const { port1, port2 } = new MessageChannel();
    const send = (command: FrameCommand): void => port1.postMessage(command);
    const load: LoadEngine = { type: 'loopbook:load' };
    const opening = openFrame(new URL(manifest.frame, url));
    try {
      await Promise.all([
        opening.then(({ contentWindow }) => contentWindow?.postMessage(load, url.origin, [port2])),
        // Each on its own: the Worker begins while the library is still on its way.
        fetchText(new URL(manifest.runtime, url)).then((source) => send({ type: 'runtime', source })),
        fetchText(new URL(manifest.library, url)).then((text) => send({ type: 'library', text })),
      ]);
    } catch (error) {
      opening.then(
        (opened) => opened.remove(),
        () => {}, // It took itself away.
      );
      throw error;
    }
    const frame = await opening;
    const parts = Object.entries(manifest.parts).map(([name, file]) => [name, new URL(file, url)] as const);
    return new FrameConnection(port1, new Map(parts), () => {
      frame.remove();
      onLost();
    });
  }

  /** Loads what a program needs beside what every program has: before it is started. Throws an `EngineError`. */
  provide(program: ProcessProgram): Promise<void> {
    return this.#parts.provide(program);
  }

  /** Starts a process; `port` is the page's end of its messages. */
  start(
    program: ProcessProgram,
    onFailure: OnFailure,
  ): { readonly process: number; readonly port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const process = ++this.#processes;
    this.#running.set(process, onFailure);
    this.#heartbeat.start();
    this.#send({ type: 'start', process, program, parts: this.#parts.names(program) }, [port2]);
    return { process, port: port1 };
  }

  /** Tells a process how much of its output has arrived. */
  acknowledge(process: number, bytes: number): void {
    this.#send({ type: 'seen', process, bytes });
    this.#heartbeat.answered();
  }

  /** Ends a process at once, whatever it is doing. */
  terminate(process: number): void {
    this.#send({ type: 'terminate', process });
    this.#running.delete(process);
    if (this.#running.size === 0) this.#heartbeat.stop();
  }

  #receive(message: FrameMessage): void {
    switch (message.type) {
      case 'alive':
        return this.#heartbeat.answered();
      case 'part-wanted':
        // It reports its failures itself.
        return void this.#parts.answer(message.name);
      case 'failed':
        return this.#running.get(message.process)?.(crashed(message.message));
    }
  }

  #send(command: FrameCommand, transfer: Transferable[] = []): void {
    this.#port.postMessage(command, transfer);
  }
}

/** The engine has failed while it ran a program. */
export function crashed(cause: string): EngineError {
  const sentence =
    'The embedded engine failed while it ran the program. Run it again; if it fails again, it is a fault of the engine.';
  return new EngineError('embedded', 'crashed', sentence, { cause });
}

function lost(): EngineError {
  const sentence =
    'The browser ended the program, most likely because it needed more memory than a page may have (about 4 GB). Let it keep less at a time, then run it again.';
  return new EngineError('embedded', 'limit', sentence);
}

async function readManifest(base: URL): Promise<EngineManifest> {
  const url = new URL('manifest.json', base);
  const text = await fetchText(url);
  try {
    return parseManifest(JSON.parse(text));
  } catch (cause) {
    throw new EngineError(
      'embedded',
      'crashed',
      `The embedded engine is not installed correctly: see ${url.pathname}.`,
      { cause },
    );
  }
}

/** Adds the frame and waits for the sandbox in it; takes it away again where that fails. */
async function openFrame(url: URL): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Embedded engine';
  frame.allow = 'cross-origin-isolated';
  frame.src = url.href;
  const answered = new AbortController();
  try {
    return await new Promise<HTMLIFrameElement>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(
          new EngineError(
            'embedded',
            'blocked',
            'The frame of the embedded engine did not answer: this browser or an extension blocks it.',
          ),
        );
      }, frameDeadline);
      const onMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
        if (
          !frame.contentWindow ||
          source !== frame.contentWindow ||
          origin !== url.origin ||
          data !== sandboxReady
        )
          return;
        clearTimeout(late);
        resolve(frame);
      };
      addEventListener('message', onMessage, { signal: answered.signal });
      // Not in the body: client-side navigation replaces that.
      document.documentElement.append(frame);
    });
  } catch (error) {
    frame.remove();
    throw error;
  } finally {
    answered.abort();
  }
}
