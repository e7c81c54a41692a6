/** Bare pages with modules of the site in them, for tests that need no site: nothing listens, all is routed. */
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { pageStyle } from './bundle.ts';

const files = fileURLToPath(new URL('../public', import.meta.url));

/** What there is at an address. */
export interface BarePage {
  /** Where the page is, with a slash at the end. */
  readonly address: string;
  /** It refers to `/page.js` and `/style.css`. */
  readonly html: string;
  /** Text of each script by path, as `bundlePage` makes them. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Without it, what every page of the site has. */
  readonly style?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Folders of `public/` that are there too, such as `engine`. */
  readonly folders?: readonly string[];
}

/** Routes a page in a context; what is not there answers 404. */
export async function routeBarePage(
  context: BrowserContext,
  { address, html, scripts, style, headers = {}, folders = [] }: BarePage,
): Promise<void> {
  const sheet = style ?? (await pageStyle());
  await context.route(`${address}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ headers, contentType: 'text/html', body: html });
    if (pathname === '/style.css') return route.fulfill({ headers, contentType: 'text/css', body: sheet });
    const script = scripts.get(pathname);
    if (script !== undefined) return route.fulfill({ headers, contentType: 'text/javascript', body: script });
    const [, folder = ''] = pathname.split('/');
    if (folders.includes(folder)) return route.fulfill({ headers, path: files + pathname });
    return route.fulfill({ status: 404, headers, body: '' });
  });
}
