/** Files that pages load: those with a hash in their name from what is kept, the others from the network first. */
import { CacheFirst } from 'workbox-strategies/CacheFirst.js';
import { NetworkFirst } from 'workbox-strategies/NetworkFirst.js';
import { edition } from './built-in.ts';
import { isKeepable, keptName, stamp } from './kept.ts';
import { withoutSearch } from './pages.ts';
import { site } from './scope.ts';

/** Seconds; a list that is late says nothing new most of the time. */
const patience = 3;

const options = { cacheName: keptName(site), matchOptions: { ignoreVary: true } };
const keeping = {
  cacheKeyWillBeUsed: ({ request }: { readonly request: Request }) =>
    Promise.resolve(withoutSearch(request.url)),
  cacheWillUpdate: ({ response }: { readonly response: Response }) =>
    Promise.resolve(isKeepable(response) ? stamp(response, edition) : null),
};

/** For files that never change; those of the shell of an edition before are still there for pages of that. */
export const lasting = new CacheFirst({
  ...options,
  plugins: [
    {
      ...keeping,
      cachedResponseWillBeUsed: async ({ cachedResponse, request }) =>
        cachedResponse ?? (await caches.match(request, { ignoreVary: true })),
    },
  ],
});

/** For files that the next edition may change. */
export const changing = new NetworkFirst({ ...options, networkTimeoutSeconds: patience, plugins: [keeping] });
