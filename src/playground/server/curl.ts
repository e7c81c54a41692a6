/** A request as a command for a terminal. */

/** What is asked of which port. */
export interface CurlRequest {
  readonly port: number;
  readonly method: string;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** The command for a POSIX shell that sends the same request. */
export function toCurl({ port, method, path, headers, body }: CurlRequest): string {
  const parts = ['curl'];
  // Else curl takes brackets for a pattern, and removes dots from the path.
  if (/[[\]{}]/.test(path)) parts.push('--globoff');
  if (/\/\.\.?(?:[/?#]|$)/.test(path)) parts.push('--path-as-is');
  if (method === 'HEAD') parts.push('--head');
  else if (method !== (body === undefined ? 'GET' : 'POST')) parts.push(`--request ${quote(method)}`);
  parts.push(quote(`http://localhost:${port}${path}`));
  // A header without a value is written with a semicolon.
  for (const [name, value] of headers)
    parts.push(`--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  if (body !== undefined) {
    // curl would add a type of its own.
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      parts.push("--header 'Content-Type:'");
    parts.push(`--data-raw ${quote(body)}`);
  }
  return parts.length > 3 ? parts.join(' \\\n  ') : parts.join(' ');
}

function quote(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
