/**
 * The service worker of the site. It keeps what the reader visits or takes along, so that it can be read and run without a
 * connection, and isolates pages on hosts that cannot send headers. The build bundles it as `/service-worker.js`.
 */
import { setCacheNameDetails } from 'workbox-core/setCacheNameDetails.js';
import { PrecacheController } from 'workbox-precaching/PrecacheController.js';
import { Router } from 'workbox-routing/Router.js';
import { Route } from 'workbox-routing/Route.js';
import { coep, shell } from './built-in.ts';
import { isHashed, pathIn } from './edition.ts';
import { changing, lasting } from './files.ts';
import { isolate, needsIsolation } from './isolation.ts';
import { pages } from './pages.ts';
import { refreshKept } from './refresh.ts';
import { savesData, scope, site } from './scope.ts';
import type { LifecycleEvent } from './scope.ts';

setCacheNameDetails({ prefix: 'loopbook', suffix: site.pathname });

const precache = new PrecacheController();
precache.addToCacheList([...shell]);
const router = new Router();

/** Files to take home, and lists for machines: nobody reads them here. */
const notKept = /\.(?:epub|pdf|zip|xml|md)$|^llms[^/]*\.txt$|^(?:service-worker\.js|edition\.json)$/;

router.registerRoute(
  new Route(
    ({ url }) => precache.getCacheKeyForURL(url.href) !== undefined && !isPageAt(url),
    precache.strategy,
  ),
);
router.registerRoute(
  new Route(({ url }) => isPageAt(url), {
    handle: async (options) => {
      try {
        return await pages.handle(options);
      } catch (error) {
        return (await instead(options.url)) ?? Promise.reject(error);
      }
    },
  }),
);
router.registerRoute(new Route(({ url }) => isHashed(pathIn(site, url)), lasting));
router.registerRoute(new Route(() => true, changing));
// What the first page had loaded before this worker was there.
if (!savesData()) router.addCacheListener();

scope.addEventListener('install', (event) => {
  if (!savesData()) void precache.install(lenient(event));
});
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('message', ({ data }) => {
  if (data === 'skip-waiting') void scope.skipWaiting();
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const answer = isForUs(request) ? router.handleRequest({ request, event }) : undefined;
  if (needsIsolation(request))
    event.respondWith((answer ?? fetch(request)).then((response) => isolate(response, coep)));
  else if (answer) event.respondWith(answer);
  if (request.mode === 'navigate') event.waitUntil(refreshKept(() => precache.activate(lenient(event))));
});

/** Files of other sites, parts of files and what is to come from the host alone pass by. */
function isForUs({ url, method, headers, mode, cache }: Request): boolean {
  if (method !== 'GET' || !url.startsWith(site.href) || headers.has('range')) return false;
  return (mode === 'navigate' || cache !== 'no-cache') && !notKept.test(pathIn(site, new URL(url)));
}

/** Whether a page is at this address, whoever asks for it: in a page that stays, the router fetches the next one like a file. */
function isPageAt({ pathname }: URL): boolean {
  return !/\.[^/]+$/.test(pathname);
}

/** What answers for a page that is neither here nor to be had. */
async function instead(url: URL): Promise<Response | undefined> {
  if (!url.pathname.endsWith('/')) {
    const folder = new URL(`${url.pathname}/`, url);
    const isThere = (await caches.match(folder.href, { ignoreVary: true })) !== undefined;
    if (isThere) return Response.redirect(folder.href);
  }
  const page = await precache.matchPrecache(new URL('offline/', site).href);
  return page && new Response(page.body, { status: 503, headers: page.headers });
}

/** Isolation must not wait for room in the browser's storage: where the shell cannot be kept, the worker does without. */
function lenient(event: LifecycleEvent): Pick<LifecycleEvent, 'type' | 'waitUntil'> {
  return { type: event.type, waitUntil: (work) => event.waitUntil(work.catch(() => {})) };
}
