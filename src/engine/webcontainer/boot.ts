/** Boots the page's one WebContainer, and notices when it does not come. */
import { configureAPIKey, WebContainer } from '@webcontainer/api';
import { EngineError } from '../engine.ts';
import type { Progress } from '../engine.ts';
import { abandonable } from './abandonable.ts';

/** How WebContainer boots; durations in milliseconds. */
export interface BootOptions {
  /** Key of a StackBlitz licence. */
  readonly apiKey?: string | undefined;
  /** The page's Cross-Origin-Embedder-Policy; with `none`, the page need not be isolated. */
  readonly coep: 'require-corp' | 'credentialless' | 'none';
  /** Where WebContainer comes from. */
  readonly origin: string;
  /** How long the service may take to answer at all. */
  readonly preflightDeadline: number;
  /** How long its frame may take to say that it lives. */
  readonly initDeadline: number;
  /** How long the container may then take to boot. */
  readonly bootDeadline: number;
}

function seconds(milliseconds: number): string {
  const count = Math.round(milliseconds / 100) / 10;
  return count === 1 ? '1 second' : `${count} seconds`;
}

async function within<T>(deadline: number, promise: Promise<T>, message: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineError('webcontainer', 'timed-out', message)), deadline);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Boots on demand; a boot that failed or was given up for late is taken up again by the next demand. */
export class ContainerBoot {
  readonly #options: BootOptions;
  readonly #listeners = new Set<(progress: Progress) => void>();
  readonly #frameIsAlive: Promise<void>;
  #frameWasAlive = false;
  #progress: Progress | undefined;
  #attempt: Promise<WebContainer> | undefined;
  /** The client's own promise: pending for as long as its frame is dead, and every other boot waits behind it. */
  #clientBoot: Promise<WebContainer> | undefined;

  constructor(options: BootOptions) {
    this.#options = options;
    if (options.apiKey !== undefined) configureAPIKey(options.apiKey);
    // The client reads it once, at its first boot.
    Object.assign(globalThis, { WEBCONTAINER_API_IFRAME_URL: options.origin });
    // The frame's load event fires for an error page, too: only this message proves life.
    this.#frameIsAlive = new Promise((resolve) => {
      addEventListener('message', ({ origin, data }: MessageEvent<{ type?: unknown } | null>) => {
        if (origin !== options.origin || data?.type !== 'init') return;
        this.#frameWasAlive = true;
        resolve();
      });
    });
  }

  /** The container; rejects with an `EngineError`. Nobody has to wait: the boot goes on after `signal`. */
  async container(
    signal: AbortSignal | undefined,
    onProgress: (progress: Progress) => void,
  ): Promise<WebContainer> {
    if (this.#attempt === undefined) {
      const attempt = this.#boot();
      this.#attempt = attempt;
      attempt.catch(() => {
        if (this.#attempt === attempt) this.#attempt = undefined;
      });
    } else if (this.#progress !== undefined) {
      onProgress(this.#progress);
    }
    this.#listeners.add(onProgress);
    try {
      return await abandonable(this.#attempt, signal);
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  /** Ends the container and all of its programs; the next demand boots another one. */
  tearDown(container: WebContainer): void {
    this.#attempt = undefined;
    this.#clientBoot = undefined;
    container.teardown();
  }

  async #boot(): Promise<WebContainer> {
    const { coep, initDeadline, bootDeadline } = this.#options;
    if (coep !== 'none' && !crossOriginIsolated) {
      const message = 'WebContainer needs a cross-origin isolated page, and this page is not.';
      throw new EngineError('webcontainer', 'not-isolated', message);
    }
    if (!this.#frameWasAlive) {
      this.#report('Reaching the WebContainer service');
      await this.#checkReachable();
      this.#report('Starting WebContainer');
      if (this.#clientBoot === undefined) this.#startClient();
      else this.#reloadFrame();
      const message = `WebContainer did not answer within ${seconds(initDeadline)}.`;
      // A client that fails before that says why.
      const failure = this.#clientBoot?.then(() => undefined) ?? Promise.resolve();
      await within(initDeadline, Promise.race([this.#frameIsAlive, failure]), message);
    } else if (this.#clientBoot === undefined) {
      this.#startClient();
    }
    this.#report('Booting the container');
    const message = `WebContainer did not boot within ${seconds(bootDeadline)}. Reload the page to try it again.`;
    const booted = this.#clientBoot ?? Promise.reject(new Error('The boot was not started.'));
    return within(bootDeadline, booted, message);
  }

  #startClient(): void {
    keepFrameAcrossNavigation(this.#options.origin);
    const boot = WebContainer.boot({ coep: this.#options.coep, workdirName: 'reader' }).catch(
      (cause: unknown) => {
        this.#clientBoot = undefined;
        throw new EngineError('webcontainer', 'crashed', 'WebContainer failed while it booted.', { cause });
      },
    );
    // A boot that nobody waits for any more may fail, too.
    boot.catch(() => {});
    this.#clientBoot = boot;
  }

  #reloadFrame(): void {
    const frame = findFrame(this.#options.origin);
    if (frame === null) return;
    // The client goes on waiting for the message of whatever document its frame holds.
    const { src } = frame;
    frame.src = src;
  }

  /**
   * Sees in a moment that the service cannot be reached. The answer is opaque, and stays so: that there is one is all
   * we learn. On an isolated page an error page without CORP counts as none.
   */
  async #checkReachable(): Promise<void> {
    const { origin, coep, preflightDeadline } = this.#options;
    try {
      await fetch(`${origin}/headless?coep=${coep}`, {
        mode: 'no-cors',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(preflightDeadline),
      });
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'TimeoutError') {
        const message = `The WebContainer service did not answer within ${seconds(preflightDeadline)}.`;
        throw new EngineError('webcontainer', 'timed-out', message, { cause });
      }
      const message = navigator.onLine
        ? 'Could not reach the WebContainer service.'
        : 'WebContainer needs the internet, and you are offline.';
      throw new EngineError('webcontainer', 'unreachable', message, { cause });
    }
  }

  #report(message: string): void {
    this.#progress = { message };
    for (const listener of this.#listeners) listener(this.#progress);
  }
}

function findFrame(origin: string): HTMLIFrameElement | null {
  return document.querySelector<HTMLIFrameElement>(`iframe[src^="${origin}/headless"]`);
}

/** Moves the client's frame out of the body, before it loads, because client-side navigation replaces the body. */
function keepFrameAcrossNavigation(origin: string): void {
  const observer = new MutationObserver(() => {
    const frame = findFrame(origin);
    if (frame === null) return;
    observer.disconnect();
    document.documentElement.append(frame);
  });
  observer.observe(document.body, { childList: true });
}
