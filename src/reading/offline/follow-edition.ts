/** What the page does when the service worker comes, and when another one comes after it. */
import { showEditionNotice } from './edition-notice.ts';

let isFollowing = false;

/** Follows the workers of the site from now on; `before` is the one that brought this page. */
export function followEdition(registration: ServiceWorkerRegistration, before: ServiceWorker | null): void {
  if (isFollowing) return;
  isFollowing = true;
  const { serviceWorker } = navigator;
  let known = before;
  const follow = () => {
    const now = serviceWorker.controller;
    if (!now || now === known) return;
    if (known) showEditionNotice();
    else keepLoaded(now);
    known = now;
  };
  const watch = () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active) showEditionNotice(worker);
    });
  };
  serviceWorker.addEventListener('controllerchange', follow);
  registration.addEventListener('updatefound', watch);
  follow();
  watch();
  if (registration.waiting) showEditionNotice(registration.waiting);
}

/** What this page asked for before the worker was there is kept, too; some of it may still be on its way. */
function keepLoaded(worker: ServiceWorker): void {
  const since = performance.now();
  const site = new URL(document.documentElement.dataset['base'] ?? '/', location.href).href;
  const keep = (urlsToCache: readonly string[]) => {
    if (urlsToCache.length > 0) worker.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache } }, []);
  };
  keep([location.origin + location.pathname]);
  new PerformanceObserver((list) => {
    const early = list
      .getEntries()
      .filter(({ name, startTime }) => startTime < since && name.startsWith(site));
    keep(early.map(({ name }) => name));
  }).observe({ type: 'resource', buffered: true });
}
