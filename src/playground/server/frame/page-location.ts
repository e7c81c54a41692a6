/** `location` of the previewed page: the browser's own is that of the sandbox, and no script can be given another. */

/** What scripts find under `previewLocation`; `go` leads to another page. */
export function createLocation(current: () => string, go: (url: string) => void) {
  const url = (): URL => new URL(current());
  const assign = (text: unknown): void => go(String(text));
  const part = (name: 'host' | 'hostname' | 'port' | 'protocol' | 'pathname' | 'search' | 'hash') => ({
    enumerable: true,
    get: () => url()[name],
    set(value: unknown) {
      const next = url();
      next[name] = String(value);
      go(next.href);
    },
  });
  const location = { assign, replace: assign, reload: () => go(current()), toString: current };
  return Object.defineProperties(location, {
    href: { enumerable: true, get: current, set: assign },
    origin: { enumerable: true, get: () => url().origin },
    host: part('host'),
    hostname: part('hostname'),
    port: part('port'),
    protocol: part('protocol'),
    pathname: part('pathname'),
    search: part('search'),
    hash: part('hash'),
  });
}

// Where a script has a variable of its own with this name, it is not the page's.
const ownVariable =
  /\b(?:let|const|var)\s+(?:\{[^}]*\b)?location\b|\bfunction\s*\w*\s*\([^)]*\blocation\b|\blocation\s*\)?\s*=>/;
const uses =
  /(?<![\w$.'"`-]\s*)(?:(?:window|self|document|globalThis|top|parent)\s*\.\s*)?\blocation(?=\s*\.\s*(?:href|assign|replace|reload|host|hostname|origin|pathname|port|protocol|search|hash|toString)\b)/g;
const assignments =
  /(?<![\w$.'"`-]\s*)(?:(?:window|self|document|globalThis|top|parent)\s*\.\s*)?\blocation(\s*=)(?![=>])/g;

/** A script of the page with `location` where it means the page's: by its words, not by its grammar. */
export function rewriteLocation(script: string): string {
  if (!script.includes('location') || ownVariable.test(script)) return script;
  return script.replace(uses, 'previewLocation').replace(assignments, 'previewLocation.href$1');
}
