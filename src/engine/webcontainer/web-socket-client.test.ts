import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { MARKS } from './inner-messages.ts';
import { runInside } from './beside-node.ts';
import type { InnerProcess } from './inner-client.ts';
import { readWebSocket, WEB_SOCKET_CLIENT, webSocketArgument } from './web-socket-client.ts';

let directory = '';

const printed = (message: object): string => MARKS[0] + JSON.stringify(message) + MARKS[1];

/** A client that prints what it is told to, and of which nothing else comes. */
function standIn(output: string): InnerProcess & { readonly isKilled: () => boolean } {
  let wasKilled = false;
  return {
    input: new WritableStream(),
    output: new ReadableStream({ start: (controller) => controller.enqueue(output) }),
    exit: new Promise(() => {}),
    kill: () => (wasKilled = true),
    isKilled: () => wasKilled,
  };
}

function connect(port: number): ReturnType<typeof readWebSocket> {
  const client = runInside(join(directory, 'web-socket.cjs'), [webSocketArgument(port, '/chat', [])]);
  return readWebSocket(client, '/chat', new AbortController().signal);
}

async function listen(t: TestContext, answer: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {}).end(answer);
  }).listen(0);
  t.after(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // Of a server that listens on a port.
}

describe('the client that holds a WebSocket', () => {
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'web-socket-client-'));
    await writeFile(join(directory, 'web-socket.cjs'), WEB_SOCKET_CLIENT);
  });
  after(() => rm(directory, { recursive: true }));

  it('says that nobody takes it', async (t) => {
    const sentence = /^Error: The program's server takes no WebSocket at \/chat\.$/;
    await assert.rejects(connect(1), sentence);
    const port = await listen(t, 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    await assert.rejects(connect(port), sentence);
  });

  it('waits for a server only so long', async () => {
    const silent = standIn('');
    const { signal } = new AbortController();
    await assert.rejects(
      readWebSocket(silent, '/', signal, { open: 0, close: 0 }),
      /did not open the WebSocket/,
    );
    assert.ok(silent.isKilled());
    const open = standIn(printed({ open: '' }));
    const socket = await readWebSocket(open, '/', signal, { open: 10_000, close: 0 });
    socket.close(3000, 'enough');
    assert.deepEqual(await socket.closed, { code: 1006, reason: '' });
    assert.ok(open.isKilled());
  });

  it('ends with the program', async () => {
    const program = new AbortController();
    const client = standIn(printed({ open: 'one' }) + printed({ text: 'last' }));
    const socket = await readWebSocket(client, '/', program.signal);
    assert.equal(socket.protocol, 'one');
    const reader = socket.messages.getReader();
    assert.equal((await reader.read()).value, 'last');
    program.abort(new Error('gone'));
    assert.equal((await socket.closed).code, 1006);
    assert.equal((await reader.read()).done, true);
    await assert.rejects(readWebSocket(standIn(''), '/', program.signal), /gone/);
  });
});
