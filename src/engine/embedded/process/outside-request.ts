/** A request from the page to a server of the program, sent by Node's own HTTP client inside the process. */
import type { ProgramRequest, ProgramResponse } from '../../engine.ts';
import type { ProcessRealm } from './create-realm.ts';

/** The part of `node:http` that is used. */
interface Http {
  request(
    options: { host: string; port: number; method: string; path: string; headers: Record<string, string>; agent: false },
    onResponse: (response: Incoming) => void,
  ): { on(event: 'error', listener: (error: Error) => void): void; end(body?: string): void };
}

interface Incoming {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly rawHeaders: readonly string[];
  on(event: 'data', listener: (chunk: Uint8Array) => void): void;
  on(event: 'end', listener: () => void): void;
}

interface Answers {
  onResponse(response: ProgramResponse): void;
  onFailure(message: string): void;
}

/** Sends it in the next turn of the loop; exactly one of the answers follows. */
export function requestFromOutside(realm: ProcessRealm, port: number, request: ProgramRequest, answers: Answers): void {
  realm.loop.enqueueReady(() => {
    // True: it is Node's own module.
    const http = realm.requireBuiltin('http') as unknown as Http;
    const { method, path, headers, body } = request;
    const outgoing = http.request({ host: '127.0.0.1', port, method, path, headers: { ...headers }, agent: false }, (incoming) => {
      const chunks: Uint8Array[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () =>
        answers.onResponse({
          status: incoming.statusCode,
          statusText: incoming.statusMessage,
          headers: pairsOf(incoming.rawHeaders),
          body: joined(chunks),
        }),
      );
    });
    outgoing.on('error', (error) => answers.onFailure(error.message));
    outgoing.end(body);
  });
}

function pairsOf(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
