/** Registers the service worker when the page has nothing else to do, and loads the rest where there is something to say. */

const { serviceWorker } = navigator;

async function register(before: ServiceWorker | null): Promise<void> {
  const scope = document.documentElement.dataset['base'] ?? '/';
  const registration = await serviceWorker.register(`${scope}service-worker.js`, { scope });
  const follow = () => {
    import('./follow-edition.ts').then(
      (module) => module.followEdition(registration, before),
      () => {}, // Offline: the next page follows.
    );
  };
  if (registration.waiting || !before) follow();
  registration.addEventListener('updatefound', follow);
  serviceWorker.addEventListener('controllerchange', follow);
}

// Browsers leave it out of pages that they do not trust with one.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Where the host or the browser has no worker, the site works without.
  const begin = () => void register(serviceWorker.controller).catch(() => {});
  addEventListener('load', () => (globalThis.requestIdleCallback ?? setTimeout)(begin));
}
