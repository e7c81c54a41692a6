/** The part of a service worker's global scope that is used here; the page's library of types does not have it. */

/** Its life ends when nothing that it waits for is left. */
export interface LifecycleEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

/** A page or a worker of the site asks for something. */
export interface FetchEvent extends LifecycleEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope {
  readonly registration: { readonly scope: string; readonly active: object | null };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly unknown[]>;
  };
  readonly navigator: Pick<Navigator, 'onLine'> & { readonly connection?: { readonly saveData?: boolean } };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifecycleEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: LifecycleEvent & MessageEvent<unknown>) => void): void;
}

// These files run only as a service worker, whose global object has these members.
export const scope = self as unknown as WorkerScope;

/** Address of the site; ends with a slash. */
export const site = new URL('./', location.href);

/** Whether the reader pays for every byte, and wants nothing that was not asked for. */
export function savesData(): boolean {
  return scope.navigator.connection?.saveData === true;
}
