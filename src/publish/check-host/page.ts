/** What the contents page says of its site. */

/** Read from its HTML. */
export interface SitePage {
  /** Path that the site was built for, or undefined where the page is not one of ours. */
  readonly base: string | undefined;
  /** Embedder policy that it was built for. */
  readonly coep: string;
  readonly canonical: string | undefined;
  /** Paths of the site's pages that it links to, below the base; they end with a slash. */
  readonly pages: readonly string[];
  /** Addresses of its scripts, styles and pictures, as they stand there. */
  readonly resources: readonly string[];
}

/** Reads the HTML that Astro wrote; whoever minifies it further keeps quotes where values need them. */
export function readPage(html: string): SitePage {
  const base = /<html[^>]* data-base="?([^"\s>]+)/.exec(html)?.[1];
  const coep = /<html[^>]* data-coep="?([\w-]+)/.exec(html)?.[1] ?? 'require-corp';
  const canonical = /<link[^>]* rel="?canonical"?[^>]* href="([^"]+)"/.exec(html)?.[1];
  const addresses = [...html.matchAll(/<(\w+)\b[^>]*? (?:src|href)="([^"#?]+)/g)].map(
    ([, tag = '', address = '']) => ({ tag, address }),
  );
  const pages = addresses
    .filter(({ tag, address }) => tag === 'a' && base !== undefined && address.startsWith(base))
    .map(({ address }) => address.slice(base?.length))
    .filter((path) => path.endsWith('/'));
  const resources = addresses
    .filter(({ tag, address }) => ['script', 'link', 'img'].includes(tag) && address !== canonical)
    .map(({ address }) => address);
  return { base, coep, canonical, pages: [...new Set(pages)], resources: [...new Set(resources)] };
}
