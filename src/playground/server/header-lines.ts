/** Headers as a reader writes them: a line each. */

/** What was read, and what is wrong with it, as a sentence. */
export type HeaderLines =
  { readonly headers: readonly (readonly [name: string, value: string])[] } | { readonly problem: string };

const mostHeaders = 100;

/** Reads lines of `Name: value`; empty lines are skipped. */
export function parseHeaderLines(text: string): HeaderLines {
  const headers: (readonly [string, string])[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const place = `Line ${index + 1} of the headers`;
    const colon = line.indexOf(':');
    if (colon < 0) return { problem: `${place} has no colon. Write a header as Name: value.` };
    const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    if (!/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(name))
      return {
        problem: `${place} begins with “${name}”, which is no name of a header: letters, digits and - only.`,
      };
    // oxlint-disable-next-line no-control-regex -- that is what HTTP forbids
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      return { problem: `${place} has a character that no header can carry. Encode it, for example as %20.` };
    headers.push([name, value]);
  }
  if (headers.length > mostHeaders) return { problem: `These are more than ${mostHeaders} headers.` };
  return { headers };
}

/** Headers as lines. */
export function formatHeaderLines(headers: readonly (readonly [name: string, value: string])[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** Headers as a request carries them: what was given twice is joined by a comma. */
export function joinHeaders(
  headers: readonly (readonly [name: string, value: string])[],
): Record<string, string> {
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const known = joined.get(key);
    const separator = key === 'cookie' ? '; ' : ', ';
    joined.set(key, known ? [known[0], `${known[1]}${separator}${value}`] : [name, value]);
  }
  // `fromEntries` defines properties: it never calls the setter of `__proto__`.
  return Object.fromEntries(joined.values());
}
