/**
 * Cross-origin isolation on hosts that cannot send headers: answers documents and workers with them added, and touches
 * nothing else. The embedder policy stands in the URL of its registration: `isolation-worker.js?coep=require-corp`.
 */

/** The part of a service worker's global scope that is used here; the page's library of types does not have it. */
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface LifecycleEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifecycleEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

// This file runs only as a service worker, whose global object has these members.
const scope = self as unknown as WorkerScope;

const coep =
  new URL(scope.location.href).searchParams.get('coep') === 'credentialless'
    ? 'credentialless'
    : 'require-corp';
const destinations: readonly RequestDestination[] = ['document', 'iframe', 'frame', 'worker', 'sharedworker'];

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  if (destinations.includes(event.request.destination)) event.respondWith(isolated(event.request));
});

async function isolated(request: Request): Promise<Response> {
  const response = await fetch(request);
  // Redirects and errors cannot be rebuilt; the browser follows the former back to this worker.
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', coep);
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const hasBody = ![204, 205, 304].includes(response.status);
  return new Response(hasBody ? response.body : null, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
