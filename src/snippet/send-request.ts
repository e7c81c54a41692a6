/** Sends a request of a server block to the server, as the engines' own clients do. */
import { request as startRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { recordResponse } from './exchanges.ts';
import type { RecordedResponse, SnippetRequest } from './snippet.ts';

const methodsWithLength = ['POST', 'PUT', 'PATCH'];

/**
 * Resolves with the answer, redirects unfollowed, when the server has closed the connection: then what its handler does in
 * one go is done. Rejects where there is no whole answer.
 */
export async function sendRequest(
  { method, path, headers, body }: SnippetRequest,
  port: number,
): Promise<RecordedResponse> {
  const isHostGiven = headers.some(([name]) => name.toLowerCase() === 'host');
  const length = Buffer.byteLength(body ?? '');
  const lines = [
    ...(isHostGiven ? [] : [['Host', `localhost:${port}`]]),
    ...headers,
    ...(length > 0 || methodsWithLength.includes(method) ? [['Content-Length', String(length)]] : []),
    ['Connection', 'close'],
  ];
  const socket = connect(port, 'localhost');
  // Without this method the client ends its side only, and the server has the last word.
  Object.defineProperty(socket, 'destroySoon', { value: undefined });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  // A list of headers is sent in its own order, with nothing added.
  const request = startRequest({ createConnection: () => socket, method, path, headers: lines.flat() });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve);
    request.on('upgrade', () => reject(new Error('the server switched to another protocol')));
    request.on('error', reject);
  });
  request.end(body);
  const response = await answered;
  const bytes = await buffer(response);
  await closed;
  const { statusCode = 0, statusMessage = '', rawHeaders } = response;
  const pairs = Array.from(
    { length: rawHeaders.length / 2 },
    (_, at) => [rawHeaders[2 * at] ?? '', rawHeaders[2 * at + 1] ?? ''] as const,
  );
  return recordResponse({ status: statusCode, statusText: statusMessage, headers: pairs }, bytes);
}
