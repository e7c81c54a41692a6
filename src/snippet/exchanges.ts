/**
 * The text file that keeps how real Node answered the requests to a server, made to be read in a diff:
 *
 *     ### Add one
 *     POST /notes
 *     content-type: application/json
 *
 *     {"text":"hello"}
 *
 *     HTTP/1.1 201 Created
 *     Content-Type: application/json
 *
 *     {"id":1,"text":"hello"}
 *
 * The last newline of a body belongs to the file. A line that would mean something to the parser gets a backslash.
 */
import { printTarget } from './requests.ts';
import type { RecordedResponse, SnippetRequest } from './snippet.ts';

/** Headers that say when and over which connection the answer came, or how long it took: no two answers agree. */
const varyingHeaders = new Set([
  'connection',
  'date',
  'keep-alive',
  'last-modified',
  'server-timing',
  'x-request-id',
  'x-response-time',
]);

const marks = { base64: '(base64)', crlf: '(lines end with CRLF)' };
const special = String.raw`###|\((?:base64|lines end with CRLF)\)$`;
const needsBackslash = new RegExp(String.raw`^(\\*(?:${special}))`, 'gm');
const hasBackslash = new RegExp(String.raw`^\\(\\*(?:${special}))`, 'gm');

/** An answer as it is recorded: without the headers that vary, and with its body as text where it is text. */
export function recordResponse(
  { status, statusText, headers }: Pick<RecordedResponse, 'status' | 'statusText' | 'headers'>,
  body: Uint8Array,
): RecordedResponse {
  const kept = headers.filter(([name]) => !varyingHeaders.has(name.toLowerCase()));
  return { status, statusText, headers: kept, ...readBody(body) };
}

/** The text of the file; the answers are in the order of the requests. */
export function printExchanges(
  requests: readonly SnippetRequest[],
  responses: readonly RecordedResponse[],
): string {
  return responses
    .map((response, index) => {
      const request = requests[index];
      if (!request) throw new Error('there is a request for each answer');
      return `${printRequest(request)}\n${printResponse(response)}`;
    })
    .join('\n');
}

/** Reads what `printExchanges` wrote for these requests; throws when it was written for others, or has another form. */
export function parseExchanges(text: string, requests: readonly SnippetRequest[]): RecordedResponse[] {
  const sections = text.split(/^(?=###)/m);
  if (sections.length !== requests.length) throw new Error('It was recorded for other requests.');
  return requests.map((request, index) => {
    const asked = `${printRequest(request)}\n`;
    const section = sections[index] ?? '';
    if (!section.startsWith(asked)) throw new Error('It was recorded for other requests.');
    const answered = section.slice(asked.length);
    return parseResponse(index === requests.length - 1 ? answered : answered.replace(/\n$/, ''));
  });
}

function printRequest(request: SnippetRequest): string {
  const { title, method, headers, body } = request;
  const separator = title === undefined ? '###' : `### ${title}`;
  return `${separator}\n${method} ${printTarget(request)}\n${printHeaders(headers)}${body === undefined ? '' : `\n${body}\n`}`;
}

function printResponse({ status, statusText, headers, body, encoding }: RecordedResponse): string {
  const head = `HTTP/1.1 ${status} ${statusText}`.trimEnd();
  return `${head}\n${printHeaders(headers)}${body === '' ? '' : `\n${printBody(body, encoding)}\n`}`;
}

function printHeaders(headers: RecordedResponse['headers']): string {
  return headers.map(([name, value]) => `${`${name}: ${value}`.trimEnd()}\n`).join('');
}

function printBody(body: string, encoding: RecordedResponse['encoding']): string {
  if (encoding) return `${marks.base64}\n${body.replace(/.{76}(?=.)/g, '$&\n')}`;
  const escaped = body.replaceAll('\r\n', '\n').replace(needsBackslash, String.raw`\$1`);
  return body.includes('\r') ? `${marks.crlf}\n${escaped}` : escaped;
}

function parseResponse(text: string): RecordedResponse {
  const message = /^HTTP\/1\.1 (\d{3})(?: (.+))?\n((?:[^\s:]+:.*\n)*)(?:\n([^]+)\n)?$/.exec(text);
  if (!message) {
    throw new Error(
      `An answer begins with a line such as «HTTP/1.1 200 OK», not with «${text.split('\n', 1)[0]}».`,
    );
  }
  const [, status, statusText = '', head = '', body = ''] = message;
  const headers = [...head.matchAll(/^([^\s:]+):(?: (.*))?$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return { status: Number(status), statusText, headers, ...parseBody(body) };
}

function parseBody(text: string): Pick<RecordedResponse, 'body' | 'encoding'> {
  const end = text.indexOf('\n');
  const [first, rest] = [text.slice(0, Math.max(end, 0)), text.slice(end + 1)];
  if (first === marks.base64) return { body: rest.replaceAll('\n', ''), encoding: 'base64' };
  const lines = (first === marks.crlf ? rest : text).replace(hasBackslash, '$1');
  return { body: first === marks.crlf ? lines.replaceAll('\n', '\r\n') : lines };
}

/** What a text file keeps as it is stays text: UTF-8 without control characters, with one kind of line ends. */
function readBody(bytes: Uint8Array): Pick<RecordedResponse, 'body' | 'encoding'> {
  try {
    const body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const isMixed = body.includes('\r') && /\r(?!\n)|(?<!\r)\n/.test(body);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    if (!isMixed && !/[\0-\x08\v\f\x0e-\x1f\x7f]/.test(body)) return { body };
  } catch {
    // Not UTF-8.
  }
  return { body: Buffer.from(bytes).toString('base64'), encoding: 'base64' };
}
