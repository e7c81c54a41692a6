/** Checks of addresses: HTTPS, the base path, slashes, and what is not there. */
import type { DeployedSite } from './deployed-site.ts';
import { error, unconfigured, warning, type Finding } from './finding.ts';
import type { SitePage } from './page.ts';

/** Whether browsers take an address for secure enough to isolate its pages. */
export function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** HTTPS, the base path, and what the pages say of the site's own address. */
export function checkAddress({ url }: DeployedSite, { base, canonical, resources }: SitePage): Finding[] {
  const found: Finding[] = [];
  if (!isSecure(url)) {
    found.push(
      error(
        'The address has no HTTPS. Browsers isolate no page and start no service worker there, so programs run more slowly and some not at all.',
        'Serve the site by HTTPS; most hosts do it in their settings, Caddy by itself, nginx with certbot.',
      ),
    );
  }
  if (base !== url.pathname) {
    found.push(
      error(
        `The site was built for ${base}, and it is at ${url.pathname}. Its links, styles and scripts lead nowhere.`,
        `Build it again with BASE=${url.pathname}, or serve it at ${base}.`,
      ),
    );
  }
  if (canonical !== undefined && new URL(canonical).origin !== url.origin) {
    found.push(
      warning(
        `The pages name ${new URL(canonical).origin} as their address, and this is ${url.origin}. Search engines and link previews go there.`,
        `Build it again with SITE=${url.origin}.`,
      ),
    );
  }
  const mixed = resources.find((address) => address.startsWith('http:'));
  if (url.protocol === 'https:' && mixed !== undefined) {
    found.push(
      error(
        `The contents page loads ${mixed} without HTTPS, which browsers block.`,
        'Look for who changes the HTML: the build writes no such address.',
      ),
    );
  }
  return found;
}

/** A page without its slash, and a page that is not there. */
export async function checkPaths(site: DeployedSite, { pages }: SitePage): Promise<Finding[]> {
  const found: Finding[] = [];
  const page = pages.find((path) => path.split('/').length > 2) ?? pages.find((path) => path !== '');
  if (page === undefined) return [error('The contents page links to no other page of the site.')];
  found.push(...(await checkSlash(site, page)));
  const nothing = await site.get(`${page}nothing-of-this-name/`);
  if (nothing.status === 200) {
    found.push(
      error(
        'What is not there is answered with status 200, as single-page applications want it. Mistaken links then seem to work.',
        'Take out the rewrite of all paths to index.html.',
      ),
    );
  } else if (nothing.status !== 404) {
    found.push(
      unconfigured('warning', `What is not there is answered with status ${nothing.status} instead of 404.`),
    );
  } else if (!/<html[^>]* data-base=/.test(nothing.text)) {
    found.push(
      unconfigured(
        'warning',
        'What is not there is answered with a page of the host, and not with 404.html of the site.',
      ),
    );
  }
  const { status, headers } = await site.get('_astro/nothing-of-this-name.js');
  if (status === 404 && /immutable|max-age=\d{6}/.test(headers.get('cache-control') ?? '')) {
    found.push(
      unconfigured(
        'warning',
        'That a script is not there may be kept for days, so that a reader who comes during an upload is without it.',
      ),
    );
  }
  return found;
}

async function checkSlash(site: DeployedSite, page: string): Promise<Finding[]> {
  const wanted = new URL(page, site.url);
  const answer = await site.get(page.slice(0, -1));
  if (answer.status === 200) return [];
  const location = answer.headers.get('location');
  if (answer.status < 300 || answer.status > 399 || location === null) {
    return [
      unconfigured(
        'error',
        `An address without its slash, ${answer.url}, is answered with status ${answer.status}, and not led to ${wanted.href}.`,
      ),
    ];
  }
  const target = new URL(location, answer.url);
  if (target.href === wanted.href) return [];
  if (target.pathname === wanted.pathname) {
    return [
      error(
        `An address without its slash leads to ${target.href}: another scheme, host or port than ${wanted.origin}.`,
        'The server behind a proxy does not know the address that readers see. On nginx, set absolute_redirect off.',
      ),
    ];
  }
  return [
    error(`An address without its slash, ${answer.url}, leads to ${target.href} instead of ${wanted.href}.`),
  ];
}
