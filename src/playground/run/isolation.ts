/** Cross-origin isolation of the page, with the help of the service worker where the host sends no headers. */

/** `reloading` means that the page is about to go away; `unavailable` that this browser or visit cannot have it. */
export type Isolation = 'isolated' | 'reloading' | 'unavailable';

/** Of which program it is, and what a reload may cost. */
export interface IsolationOptions {
  /** Id of the program that the reader wants to run: `claimPendingRun` knows it after the reload. */
  readonly snippet: string;
  /** False where a reload would lose what the reader typed. */
  readonly mayReload: boolean;
}

const guardKey = 'loopbook:isolation-reload';
const pendingKey = 'loopbook:pending-run';

/**
 * Makes the page isolated, if need be by one reload. Call it only when the reader presses Run: it may register the
 * service worker. It never throws, and never reloads a second time for nothing.
 */
export async function ensureIsolated({ snippet, mayReload }: IsolationOptions): Promise<Isolation> {
  try {
    if (crossOriginIsolated) {
      // A hard reload bypasses the worker: the next Run may then reload once more.
      sessionStorage.removeItem(guardKey);
      return 'isolated';
    }
    if (!mayReload || !('serviceWorker' in navigator) || sessionStorage.getItem(guardKey) !== null)
      return 'unavailable';
    await registerWorker();
    sessionStorage.setItem(guardKey, '1');
    sessionStorage.setItem(pendingKey, snippet);
    location.reload();
    return 'reloading';
  } catch {
    // Storage or workers are blocked here; without either a reload would not help or could loop.
    return crossOriginIsolated ? 'isolated' : 'unavailable';
  }
}

/** The program whose Run caused the reload, until it is claimed. */
let pending = takePending();

function takePending(): string | null {
  try {
    const snippet = sessionStorage.getItem(pendingKey);
    sessionStorage.removeItem(pendingKey);
    return snippet;
  } catch {
    return null;
  }
}

/**
 * Whether it was the Run of this program that caused the reload: yes once at most. With `isLast`, nobody hears yes any more.
 */
export function claimPendingRun(snippet: string | undefined, isLast = false): boolean {
  const isPending = pending === snippet;
  if (isPending || isLast) pending = null;
  return isPending;
}

async function registerWorker(): Promise<void> {
  const { base = '/' } = document.documentElement.dataset;
  await whenActive(await navigator.serviceWorker.register(`${base}service-worker.js`, { scope: base }));
}

function whenActive({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting;
  // A newer one that waits is of no matter here.
  if (active || !worker) return Promise.resolve();
  return new Promise((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('The service worker was discarded.'));
    });
  });
}
