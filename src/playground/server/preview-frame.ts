/** The frame of a preview: a document of the site that holds the policy, and in it, page after page, a sandbox. */
import { previewReady } from './preview-protocol.ts';

/** `manifest.json` beside the frame's document. */
export interface PreviewManifest {
  /** Name of the document, with a hash of its content. */
  readonly frame: string;
}

/** Milliseconds that the frame, which comes from the site itself, may take. */
const deadline = 30_000;

/** What a page does with its frame by itself. */
export interface PreviewFrameEvents {
  /** It has loaded itself anew, and is empty now. */
  onReload(): void;
  /** It wanted to go elsewhere in a way that only the policy saw, which forbids it: the frame is lost. */
  onLost(): void;
}

/** One frame on the page; what is in it is replaced with each page that it shows. */
export class PreviewFrame {
  readonly element = document.createElement('iframe');
  readonly #events: PreviewFrameEvents;
  #opening: Promise<Document> | undefined;
  #sandbox: HTMLIFrameElement | undefined;
  /** Ends what listens to the sandbox. */
  #life = new AbortController();

  constructor(events: PreviewFrameEvents) {
    this.#events = events;
    this.element.className = 'preview-frame';
  }

  /** An empty sandbox in place of the last one; resolves with the port to it. Rejects with a sentence. */
  async renew(): Promise<MessagePort> {
    const host = await (this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    }));
    const sandbox = host.createElement('iframe');
    // Of an origin of its own: it reaches neither the site's storage nor its windows.
    sandbox.setAttribute('sandbox', 'allow-scripts allow-forms');
    sandbox.title = this.element.title;
    sandbox.srcdoc = readSandbox(host);
    const ready = Promise.withResolvers<MessagePort>();
    let isFirst = true;
    this.clear();
    const { signal } = this.#life;
    addEventListener(
      'message',
      ({ source, data }: MessageEvent<unknown>) => {
        if (source === null || source !== sandbox.contentWindow) return;
        if (data !== previewReady) return;
        if (!isFirst) return this.#events.onReload();
        isFirst = false;
        const { port1, port2 } = new MessageChannel();
        // An opaque origin has no name to send to; only our own document is in that frame yet.
        sandbox.contentWindow.postMessage(undefined, '*', [port2]);
        ready.resolve(port1);
      },
      { signal },
    );
    this.#sandbox = sandbox;
    host.body.append(sandbox);
    return await inTime(ready.promise);
  }

  /** Takes the page out of the frame. */
  clear(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#sandbox?.remove();
    this.#sandbox = undefined;
  }

  dispose(): void {
    this.clear();
    this.element.remove();
  }

  async #open(): Promise<Document> {
    const base = new URL(`${document.documentElement.dataset['base'] ?? '/'}preview/`, document.baseURI);
    const response = await fetch(new URL('manifest.json', base));
    const manifest: unknown = response.ok ? await response.json() : undefined;
    const name: unknown =
      typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'frame') : undefined;
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name))
      throw new Error(`The preview is not installed correctly: see ${base.pathname}manifest.json.`);
    const { promise, resolve, reject } = Promise.withResolvers<Document>();
    this.element.addEventListener('load', () => {
      const host = this.element.contentDocument;
      host?.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (effectiveDirective === 'frame-src') this.#events.onLost();
      });
      if (host?.querySelector('script')) resolve(host);
      else
        reject(
          new Error(
            'The frame of the preview could not be loaded. Reload the page and run the program again.',
          ),
        );
    });
    this.element.src = new URL(name, base).href;
    return await inTime(promise);
  }
}

function readSandbox(host: Document): string {
  const script = host.querySelector('script')?.textContent ?? '';
  return `<!doctype html><meta charset="utf-8"><title>Preview</title><script>${script}</script>`;
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      reject(new Error('The frame of the preview did not answer: this browser or an extension blocks it.')),
    deadline,
  );
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
