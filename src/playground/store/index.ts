/** The store of this page. Load it by a dynamic import, and only where `hasKept` says so or something is to be kept. */
import { randomId } from '../random-id.ts';
import { isFileName } from '../sharing/shared-program.ts';
import { BrowserDatabase } from './database.ts';
import { visitPrefix } from './hint.ts';
import { Journal } from './journal.ts';
import { Store } from './store.ts';
import type { Channel } from './write-behind.ts';

export { cutOutput } from './kept.ts';
export type * from './kept.ts';
export type { StoreProblem } from './problem.ts';
export type { Store } from './store.ts';
export type { Change } from './write-behind.ts';

/**
 * Fired on `window` before a script reloads the page. The store keeps what it has at once, and cancels the event where not all
 * of it would survive. A type, so that nobody has to load the store to ask it.
 */
export type LeavingEvent = 'loopbook:leaving';

let opened: Store | undefined;

/** The store: one a page. Never throws; where the browser keeps nothing it works in memory, and says so as a problem. */
export function openStore(): Store {
  opened ??= open();
  return opened;
}

function open(): Store {
  const tab = randomId();
  // Neither rejects.
  const catchUp = (): void => void store.flush().then(() => store.refresh());
  const database = new BrowserDatabase(catchUp);
  const channel = new TabChannel();
  const store: Store = new Store({ tab, database, journal: new Journal(() => localStorage, tab), channel });
  channel.open((message) => store.receive(message));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') store.hold();
  });
  addEventListener('loopbook:leaving' satisfies LeavingEvent, (event) => {
    store.hold();
    if (!store.isSafe) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    store.hold();
    if (store.isSafe) database.leave();
    // A page with an open channel may not be kept for the way back.
    channel.close();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    channel.open((message) => store.receive(message));
    catchUp();
  });
  void takeVisit(store).then(() => store.tidy()); // Neither rejects.
  return store;
}

/** Tells the other tabs of this site; nobody where the browser has no channels. */
class TabChannel implements Channel {
  #channel: BroadcastChannel | undefined;

  open(onMessage: (message: unknown) => void): void {
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel('loopbook:store');
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => onMessage(data));
  }

  postMessage(message: unknown): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}

/** Takes over what the first version of this site kept for the visit, where nothing newer is kept. */
async function takeVisit(store: Store): Promise<void> {
  const keys = visitKeys();
  for (const key of keys) {
    const program = key.slice(visitPrefix.length);
    const files = readVisit(key);
    if (Object.keys(files).length > 0) await store.setMissing('programs', program, { files, deleted: [] });
  }
  if (keys.length === 0) return;
  await store.flush();
  if (store.isSafe) for (const key of keys) sessionStorage.removeItem(key);
}

function visitKeys(): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(visitPrefix));
  } catch {
    return [];
  }
}

function readVisit(key: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter(([name, text]) => isFileName(name) && typeof text === 'string'),
    );
  } catch {
    return {};
  }
}
