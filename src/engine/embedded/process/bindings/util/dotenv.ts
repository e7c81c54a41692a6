/** Reads `.env` files by Node's rules. */

const quotes = new Set(['"', "'", '`']);

/** The end of a quoted value that begins at `start`, or -1 when the quote is never closed. */
const closingQuote = (text: string, start: number): number => text.indexOf(text[start] ?? '', start + 1);

/** Variables by name, in the order of Node's (sorted by name), the last one of the same name counting. */
export function parseEnv(content: string): Record<string, string> {
  const text = content.replaceAll('\r\n', '\n').replaceAll('\r', '');
  const variables = new Map<string, string>();
  const lineEnd = (from: number): number => {
    const end = text.indexOf('\n', from);
    return end < 0 ? text.length : end;
  };
  const skipBlank = (from: number): number => {
    let at = from;
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    return at;
  };

  for (let at = skipBlank(0); at < text.length; at = skipBlank(at)) {
    const end = lineEnd(at);
    const equals = text.indexOf('=', at);
    if (text[at] === '#' || equals < 0 || equals > end) {
      at = end;
      continue;
    }
    const key = trim(trim(text.slice(at, equals)).replace(/^export /, ''));
    if (key === '') {
      at = end;
      continue;
    }
    let start = equals + 1;
    // A value of blanks alone goes on in the next line; an empty one does not.
    if (start < end) start = skipBlank(start);
    const quote = text.charAt(start);
    const close = quotes.has(quote) ? closingQuote(text, start) : -1;
    if (close >= 0) {
      const value = text.slice(start + 1, close);
      variables.set(key, quote === '"' ? value.replaceAll('\\n', '\n') : value);
      at = lineEnd(close);
      continue;
    }
    at = Math.max(end, lineEnd(start));
    const [value = ''] = text.slice(start, at).split('#', 1);
    variables.set(key, trim(value));
  }
  return Object.fromEntries([...variables].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const trim = (text: string): string => text.replaceAll(/^[ \t\n]+|[ \t\n]+$/g, '');
