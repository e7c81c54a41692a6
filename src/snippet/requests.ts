/**
 * The requests to a server block: HTTP messages as the REST clients of editors know them, apart by lines of `###`, each with
 * a title if it likes:
 *
 *     ### Add one
 *     POST /notes
 *     content-type: application/json
 *
 *     {"text":"hello"}
 */
import { METHODS } from 'node:http';
import { SnippetError, type Place } from './snippet-error.ts';
import type { SnippetRequest } from './snippet.ts';

/** Lines from one `###` to the next; `line` is the chapter's line of the first. */
interface Section {
  readonly title: string | undefined;
  readonly line: number;
  readonly lines: string[];
}

/** What the sender alone knows, or what would make the answer more than one. */
const sendersHeaders = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
];

const isBlank = (line: string) => line.trim() === '';

/** Reads a fence of requests; throws a `SnippetError` at the line that it cannot read. */
export function parseRequests(code: string, place: Place): SnippetRequest[] {
  const { chapter, line } = place;
  const sections = splitSections(code, line + 1);
  if (sections.length === 0)
    throw new SnippetError(place, 'No request stands here. One is as short as «GET /».');
  return sections.map((section) => parseRequest(section, chapter));
}

/** Path and query as they stand in a fence: with the port, where the request says one. */
export function printTarget({ port, path }: SnippetRequest): string {
  return port === undefined ? path : `http://localhost:${port}${path}`;
}

function splitSections(code: string, firstLine: number): Section[] {
  const sections: Section[] = [{ title: undefined, line: firstLine, lines: [] }];
  for (const [index, text] of code.split('\n').entries()) {
    const separator = /^###(?:\s+(.*?))?\s*$/.exec(text);
    if (separator)
      sections.push({ title: separator[1] || undefined, line: firstLine + index + 1, lines: [] });
    else sections.at(-1)?.lines.push(text);
  }
  // Above the first separator there need be nothing.
  return sections.filter(({ lines }, index) => index > 0 || !lines.every(isBlank));
}

function parseRequest({ title, line, lines }: Section, chapter: string): SnippetRequest {
  const start = lines.findIndex((text) => !isBlank(text));
  if (start === -1) {
    throw new SnippetError({ chapter, line: line - 1 }, 'No request stands below this «###».');
  }
  const blank = lines.findIndex((text, index) => index > start && isBlank(text));
  const end = blank === -1 ? lines.length : blank;
  const head = parseRequestLine(lines[start] ?? '', { chapter, line: line + start });
  const headers: [string, string][] = [];
  for (let index = start + 1; index < end; index++) {
    const header = parseHeader(lines[index] ?? '', { chapter, line: line + index });
    if (headers.some(([name]) => name.toLowerCase() === header[0].toLowerCase()))
      throw new SnippetError({ chapter, line: line + index }, `"${header[0]}" is given twice.`);
    headers.push(header);
  }
  const last = lines.findLastIndex((text) => !isBlank(text));
  const first = lines.findIndex((text, index) => index > end && !isBlank(text));
  const body = lines.slice(end + 1, last + 1).join('\n');
  if (body !== '' && (head.method === 'GET' || head.method === 'HEAD')) {
    throw new SnippetError(
      { chapter, line: line + first },
      `${head.method} has no body. Is a line «###» missing before the next request?`,
    );
  }
  return { ...(title === undefined ? {} : { title }), ...head, headers, ...(body === '' ? {} : { body }) };
}

function parseRequestLine(text: string, place: Place): Pick<SnippetRequest, 'port' | 'method' | 'path'> {
  const [, method, target] = /^(\S+)[ \t]+(\S+)(?:[ \t]+HTTP\/1\.1)?[ \t]*$/.exec(text) ?? [];
  if (method === undefined || target === undefined) {
    throw new SnippetError(
      place,
      `Cannot read «${text}»: a request begins with a line such as «GET /notes».`,
    );
  }
  if (!METHODS.includes(method) || method === 'CONNECT') {
    throw new SnippetError(
      place,
      `"${method}" is not a method. Known: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS and what else Node knows.`,
    );
  }
  refuseVariables(target, place);
  const [, digits, path = '/'] = /^http:\/\/localhost:(\d+)(\/.*)?$/.exec(target) ?? [
    undefined,
    undefined,
    target,
  ];
  const port = Number(digits);
  if (!path.startsWith('/') || (digits !== undefined && !(port > 0 && port < 65_536))) {
    throw new SnippetError(
      place,
      `«${target}» is not where a program listens: a path such as /notes, or with a port http://localhost:3001/notes.`,
    );
  }
  if (/[^!-~]|#/.test(path)) {
    throw new SnippetError(
      place,
      `The path «${path}» cannot be sent: what is not ASCII is written %C3%A9, and # with what follows stays in the browser.`,
    );
  }
  return digits === undefined ? { method, path } : { port, method, path };
}

function parseHeader(text: string, place: Place): [name: string, value: string] {
  const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new SnippetError(
      place,
      `Cannot read «${text}»: a header is «name: value», and an empty line comes before the body.`,
    );
  }
  if (sendersHeaders.includes(name.toLowerCase()))
    throw new SnippetError(place, `"${name}" is the sender's business: leave it out.`);
  if (/[^\t -~]/.test(value)) throw new SnippetError(place, `The value of "${name}" has to be ASCII.`);
  refuseVariables(value, place);
  return [name, value];
}

function refuseVariables(text: string, place: Place): void {
  if (text.includes('{{'))
    throw new SnippetError(place, `Cannot read «${text}»: variables are not known here, only plain text.`);
}
