/** The engine's frame in the page: loaded once a visit, given the engine's code, told to start and end processes. */
import { EngineError } from '../engine.ts';
import { parseManifest, type EngineManifest } from './manifest.ts';
import { sandboxReady, type FrameCommand, type LoadEngine, type ProcessProgram } from './protocol.ts';

/** Milliseconds that the frame, which comes from the site itself, may take to answer. */
const frameDeadline = 10_000;

export class FrameConnection {
  readonly #port: MessagePort;
  #processes = 0;

  private constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Loads the engine from a folder of the site. Throws an `EngineError`. */
  static async open(baseUrl: string): Promise<FrameConnection> {
    const url = new URL(baseUrl, document.baseURI);
    const manifest = await readManifest(url);
    const [runtime, library, frame] = await Promise.all([
      fetchText(new URL(manifest.runtime, url)),
      fetchText(new URL(manifest.library, url)),
      openFrame(new URL(manifest.frame, url)),
    ]);
    const { port1, port2 } = new MessageChannel();
    const load: LoadEngine = { type: 'loopbook:load', runtime, library };
    frame.postMessage(load, url.origin, [port2]);
    return new FrameConnection(port1);
  }

  /** Starts a process; `port` is the page's end of its messages. */
  start(program: ProcessProgram): { readonly process: number; readonly port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const process = ++this.#processes;
    this.#send({ type: 'start', process, program }, [port2]);
    return { process, port: port1 };
  }

  /** Tells a process how much of its output has arrived. */
  acknowledge(process: number, bytes: number): void {
    this.#send({ type: 'seen', process, bytes });
  }

  /** Ends a process at once, whatever it is doing. */
  terminate(process: number): void {
    this.#send({ type: 'terminate', process });
  }

  #send(command: FrameCommand, transfer: Transferable[] = []): void {
    this.#port.postMessage(command, transfer);
  }
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

async function fetchText(url: URL): Promise<string> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status} ${response.statusText}`);
    return await response.text();
  } catch (cause) {
    const message =
      'The embedded engine could not be loaded from this site. Check the connection and run again.';
    throw new EngineError('embedded', 'unreachable', message, { cause });
  }
}

/** Adds the frame and waits for the sandbox in it; takes it away again where that fails. */
async function openFrame(url: URL): Promise<Window> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Embedded engine';
  frame.allow = 'cross-origin-isolated';
  frame.src = url.href;
  const answered = new AbortController();
  try {
    return await new Promise<Window>((resolve, reject) => {
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
        resolve(frame.contentWindow);
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
