/** Addresses of other sites as they stand on paper. */

/** An address as a person types it: `nodejs.org/api/fs.html`, without its place on the page; undefined for a place of this site. */
export function printedAddress(href: string): string | undefined {
  if (!/^https?:/.test(href)) return undefined;
  const { host, pathname, search } = new URL(href);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}
