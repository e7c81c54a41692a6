/** Addresses of pages as the world outside sees them. */
import type { Configuration } from './configuration.ts';

type Place = Pick<Configuration, 'site' | 'base'>;

/** Pages of a reader's own, or of a mistake: search engines and feeds leave them out. */
const unlisted = new Set(['404', '404.html', 'your-work', 'search', 'offline']);

/** Address of a path that begins with the site's base: absolute where the site's origin is known. */
export function addressOf({ site }: Place, pathname: string): string {
  return site === undefined ? pathname : new URL(pathname, site).href;
}

/** Whether a page is one of those that search engines list; `pathname` begins with the site's base. */
export function isListed({ base }: Pick<Place, 'base'>, pathname: string): boolean {
  return !unlisted.has(nameOf(base, pathname));
}

/** Address of the image that stands for a page where others link to it; such images are made where the site's origin is known. */
export function imageOf(place: Place, pathname: string): string | undefined {
  if (place.site === undefined) return undefined;
  const name = isListed(place, pathname) ? nameOf(place.base, pathname) : '';
  return addressOf(place, `${place.base}social/${name || 'index'}.png`);
}

/** Pathname without base and slashes: `engine`, or nothing for the first page. */
function nameOf(base: string, pathname: string): string {
  return `${pathname}/`.replace(base, '').replaceAll(/^\/+|\/+$/g, '');
}
