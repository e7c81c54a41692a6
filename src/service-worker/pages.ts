/** Pages of the site: from the network, and where that fails or is slow as they are kept, with a line that says so. */
import { NetworkFirst } from 'workbox-strategies/NetworkFirst.js';
import { edition } from './built-in.ts';
import { isKeepable, keptName, stamp } from './kept.ts';
import { keptNote } from './kept-note.ts';
import { scope, site } from './scope.ts';

/** Seconds after which a kept page is shown, though the network may still answer. */
const patience = 3;

/** For a page that is kept once it was visited. */
export const pages = new NetworkFirst({
  cacheName: keptName(site),
  networkTimeoutSeconds: patience,
  matchOptions: { ignoreVary: true },
  plugins: [
    {
      cacheKeyWillBeUsed: ({ request }) => Promise.resolve(withoutSearch(request.url)),
      cacheWillUpdate: ({ response }) =>
        Promise.resolve(isKeepable(response) ? stamp(response, edition) : null),
      cachedResponseWillBeUsed: ({ cachedResponse }) =>
        Promise.resolve(cachedResponse ? noted(cachedResponse) : undefined),
    },
  ],
});

/** The same page, whatever it is asked. */
export function withoutSearch(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}

async function noted(response: Response): Promise<Response> {
  const { headers } = response;
  const note = keptNote(headers.get('Date'), scope.navigator.onLine);
  // Behind the masthead, the first header of every page.
  const html = (await response.text()).replace('</header>', (end) => end + note);
  return new Response(html, { headers });
}
