/** Style sheets whose images, fonts and imports come from the program. */
import { resolveUrl } from '../address.ts';

/** Loads something that a style sheet names; undefined where it is not there. */
export type LoadForCss = (url: string) => Promise<Blob | undefined>;

const references =
  /@import\s+(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^"'()\s;]+))(?:\s*\))?([^;]*);|url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()]*?))\s*\)/g;

/** How deep style sheets may import each other. */
const mostImports = 5;

/** The style sheet with every reference replaced by what `toUrl` makes of the thing itself; others stay. */
export async function inlineCss(
  css: string,
  base: string,
  load: LoadForCss,
  toUrl: (content: Blob) => string,
  depth = 0,
): Promise<string> {
  const replaced = await Promise.all(
    [...css.matchAll(references)].map(async (match) => {
      const [whole, double, single, bare, media = ''] = match;
      const imported = double ?? single ?? bare;
      const text = imported ?? match[5] ?? match[6] ?? match[7] ?? '';
      const url = /^(?:data|blob):|^#|^$/.test(text) ? undefined : resolveUrl(text, base);
      if (url === undefined || depth > mostImports) return whole;
      const blob = await load(url);
      if (!blob) return whole;
      if (imported === undefined) return `url("${toUrl(blob)}")`;
      const sheet = await inlineCss(await blob.text(), url, load, toUrl, depth + 1);
      return `@import url("${toUrl(new Blob([sheet], { type: 'text/css' }))}")${media};`;
    }),
  );
  return css.replace(references, () => replaced.shift() ?? '');
}
