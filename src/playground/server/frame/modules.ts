/** Modules of a page: loaded from the program, and handed to the browser through an import map. */
import { resolveUrl } from '../address.ts';
import { rewriteLocation } from './page-location.ts';

/** Loads the text of a module; undefined where it is not there. */
export type LoadModule = (url: string) => Promise<string | undefined>;

const specifiers = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\2/g;
const mostModules = 200;

/** URLs of the modules that a module of this URL imports by a path or a URL. */
export function importsOf(script: string, url: string): string[] {
  return [...script.matchAll(specifiers)]
    .map(([, , , specifier = '']) => absolute(specifier, url))
    .filter((each) => each !== undefined);
}

/** The module as it runs without its URL: what it imports by a path, it imports by a URL. */
export function rewriteModule(script: string, url: string): string {
  const rewritten = script.replace(specifiers, (whole, before: string, quote: string, specifier: string) => {
    const target = absolute(specifier, url);
    return target === undefined ? whole : `${before}${quote}${target}${quote}`;
  });
  return rewriteLocation(rewritten).replace(/\bimport\.meta\.url\b/g, JSON.stringify(url));
}

/** All modules that these reach, by URL, ready to run. */
export async function collectModules(
  entries: readonly string[],
  load: LoadModule,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const collect = async (url: string): Promise<void> => {
    if (seen.has(url) || seen.size >= mostModules) return;
    seen.add(url);
    const script = await load(url);
    if (script === undefined) return;
    found.set(url, rewriteModule(script, url));
    await Promise.all(importsOf(script, url).map(collect));
  };
  await Promise.all(entries.map(collect));
  return found;
}

function absolute(specifier: string, base: string): string | undefined {
  return /^(?:\.{0,2}\/|https?:)/.test(specifier) ? resolveUrl(specifier, base) : undefined;
}
