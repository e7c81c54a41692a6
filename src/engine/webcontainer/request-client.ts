/** A Node program that sends one HTTP request: the page itself may not fetch from a program's server. */
import type { ProgramRequest, ProgramResponse } from '../engine.ts';

const BEGIN = '\x1b]7702;answer:';
const END = '\x07';

/** What the client prints between its marks. */
type Answer =
  | {
      readonly status: number;
      readonly statusText: string;
      readonly headers: string[];
      readonly body: string;
    }
  | { readonly error: string };

/** Runs inside Node, from its source text, so that it must not refer to anything outside of itself. */
function sendRequest(begin: string, end: string): void {
  const http = process.getBuiltinModule('node:http');
  // What `requestArgument` made.
  const [port, { method, path, headers, body }] = JSON.parse(process.argv[2] ?? '') as [
    number,
    ProgramRequest,
  ];

  function print(answer: Answer): void {
    const json = JSON.stringify(answer).replace(
      /[^\x20-\x7e]/g,
      (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'),
    );
    process.stdout.write(begin + json + end);
  }

  function fail(error: Error): void {
    print({ error: error.message || String((error as NodeJS.ErrnoException).code) });
  }

  const request = http.request(
    { host: 'localhost', port, method, path, headers, agent: false },
    (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        print({
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          headers: response.rawHeaders,
          body: Buffer.concat(chunks).toString('base64'),
        });
      });
    },
  );
  request.on('error', fail);
  request.end(body);
}

/** The client as the text of a CommonJS file. */
export const REQUEST_CLIENT = `(${sendRequest.toString()})(${JSON.stringify(BEGIN)}, ${JSON.stringify(END)});\n`;

/** The client's one argument. */
export function requestArgument(port: number, request: ProgramRequest): string {
  return JSON.stringify([port, request]);
}

/** Finds the answer in what the client printed so far; throws where the program's server did not answer. */
export function readAnswer(printed: string): ProgramResponse | undefined {
  const begin = printed.indexOf(BEGIN);
  const end = printed.indexOf(END, begin + BEGIN.length);
  if (begin === -1 || end === -1) return undefined;
  // Our own client wrote it.
  const answer = JSON.parse(printed.slice(begin + BEGIN.length, end)) as Answer;
  if ('error' in answer) throw new Error(`The program's server did not answer: ${answer.error}`);
  const { status, statusText, headers, body } = answer;
  return {
    status,
    statusText,
    headers: Array.from({ length: headers.length / 2 }, (_, at) => [
      headers[2 * at] ?? '',
      headers[2 * at + 1] ?? '',
    ]),
    body: Uint8Array.from(atob(body), (character) => character.charCodeAt(0)),
  };
}
