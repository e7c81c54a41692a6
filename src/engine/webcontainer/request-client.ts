/** A Node program that sends one HTTP request: the page itself may not fetch from a program's server. */
import type { ProgramRequest, ProgramResponse } from '../engine.ts';
import { InnerClient } from './inner-client.ts';
import type { InnerProcess } from './inner-client.ts';
import { fromBase64, MARKS } from './inner-messages.ts';

/** The head of an answer; names and values of headers by turns. */
interface Head {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly string[];
}

/** What the client prints, one after the other. */
type Message =
  { readonly head: Head } | { readonly body: string } | { readonly end: true } | { readonly error: string };

/** Runs inside Node, from its source text, so that it must not refer to anything outside of itself. */
function sendRequest([begin, end]: readonly [string, string]): void {
  const http = process.getBuiltinModule('node:http');
  const fs = process.getBuiltinModule('node:fs');
  // What `requestArguments` made; the second is the path of a file with the body.
  const [, , given = '', bodyFile] = process.argv;
  const [port, { method, path, headers }] = JSON.parse(given) as [number, ProgramRequest];

  function print(message: Message): void {
    const json = JSON.stringify(message).replace(
      /[^\x20-\x7e]/g,
      (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'),
    );
    process.stdout.write(begin + json + end);
  }

  function fail(error: Error): void {
    print({ error: error.message || String((error as NodeJS.ErrnoException).code) });
  }

  const body = bodyFile === undefined ? undefined : fs.readFileSync(bodyFile);
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const unlessGiven = (name: string, value: string) =>
    names.includes(name.toLowerCase()) ? [] : [name, value];
  const saysLength = body !== undefined || ['POST', 'PUT', 'PATCH'].includes(method);
  // A list is sent as it is. By itself Node says no length with DELETE, so that a body would be taken for another request.
  const lines = [
    ...unlessGiven('Host', `localhost:${port}`),
    ...Object.entries(headers).flat(),
    ...(saysLength ? unlessGiven('Content-Length', `${body?.length ?? 0}`) : []),
    ...unlessGiven('Connection', 'close'),
  ];
  const request = http.request(
    { host: 'localhost', port, method, path, headers: lines, agent: false },
    (response) => {
      print({
        head: {
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          headers: response.rawHeaders,
        },
      });
      response.on('data', (chunk: Uint8Array) => print({ body: Buffer.from(chunk).toString('base64') }));
      response.on('error', fail);
      response.on('end', () => print({ end: true }));
    },
  );
  request.on('error', fail);
  request.end(body);
}

/** The client as the text of a CommonJS file. */
export const REQUEST_CLIENT = `(${sendRequest.toString()})(${JSON.stringify(MARKS)});\n`;

/** The client's arguments; `bodyFile` is the path of a file with the body, where there is one. */
export function requestArguments(
  port: number,
  { method, path, headers }: ProgramRequest,
  bodyFile?: string,
): string[] {
  return [JSON.stringify([port, { method, path, headers }]), ...(bodyFile === undefined ? [] : [bodyFile])];
}

/**
 * The answer that a client prints. Rejects where there is none, and with the reason of `signal`, which also breaks the body
 * off; the client is killed when nobody wants the rest.
 */
export function readResponse(process: InnerProcess, signal: AbortSignal): Promise<ProgramResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramResponse>();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  const client = new InnerClient<Message>(process, signal, {
    receive(message) {
      if ('error' in message) fail(new Error(`The program's server did not answer: ${message.error}`));
      else if ('head' in message) resolve(answer(message.head));
      else if ('body' in message) controller?.enqueue(fromBase64(message.body));
      else {
        client.end();
        controller?.close();
      }
    },
    lost(why) {
      if ('reason' in why) return fail(why.reason);
      const isBroken = controller !== undefined;
      const what = isBroken ? 'The answer broke off.' : `The request could not be sent: ${why.printed}`;
      fail(new Error(what));
    },
  });

  function fail(error: Error): void {
    client.end();
    reject(error);
    controller?.error(error);
  }

  function answer({ status, statusText, headers }: Head): ProgramResponse {
    const body = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given;
      },
      cancel: () => client.end(),
    });
    const pairs = Array.from(
      { length: headers.length / 2 },
      (_, at) => [headers[2 * at] ?? '', headers[2 * at + 1] ?? ''] as const,
    );
    return { status, statusText, headers: pairs, body };
  }

  return promise;
}
