import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import realNet from 'node:net';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { pipeWrap } from './pipe_wrap.ts';
import { streamWrap } from './stream_wrap.ts';
import { tcpWrap } from './tcp_wrap.ts';
import { libraryOn } from '../library-on.ts';

const factories = { stream_wrap: streamWrap, tcp_wrap: tcpWrap, pipe_wrap: pipeWrap };
const modules = ['net', 'internal/net', 'internal/stream_base_commons'];

async function transcript({ connect, createServer }: typeof realNet): Promise<string[]> {
  const path = `${tmpdir()}/loopbook-${randomUUID()}.sock`;
  const lines: string[] = [];
  const note = (text: string): number => lines.push(text.replace(path, 'PATH'));
  const missing: NodeJS.ErrnoException = await new Promise((resolve) => connect(path).on('error', resolve));
  note(`${missing.message} ${missing.code}`);
  const server = createServer((socket) => socket.on('data', (data) => socket.end(`echo ${data.toString()}`)));
  server.listen(path);
  await once(server, 'listening');
  note(JSON.stringify(server.address()));
  const inUse: NodeJS.ErrnoException = await new Promise((resolve) =>
    createServer().listen(path).on('error', resolve),
  );
  note(`${inUse.message} ${inUse.code}`);
  const long = `/tmp/${'x'.repeat(200)}`;
  for (const open of [() => connect(long), () => createServer().listen(long)]) {
    const tooLong: NodeJS.ErrnoException = await new Promise((resolve) => open().on('error', resolve));
    note(`${tooLong.message} ${tooLong.code}`);
  }
  const socket = connect(path, () => socket.write('hi'));
  socket.on('data', (data) => note(data.toString()));
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
  return lines;
}

test('sockets with a path behave as real ones', async () => {
  const library = libraryOn(factories, modules);
  // Node's own module on our bindings: it exports what the real one exports.
  const ours = library.require('net') as unknown as typeof realNet;
  assert.deepEqual(await transcript(ours), await transcript(realNet));
  assert.equal(library.loop.references, 0);
});

test('standard input and output can be opened as pipes', async () => {
  const input = [Buffer.from('one'), new Uint8Array(), Buffer.from('two'), null];
  const output: string[] = [];
  const empty = Promise.withResolvers<() => void>();
  const streams = {
    write: (fd: number, bytes: Uint8Array) => void output.push(`${fd} ${Buffer.from(bytes).toString()}`),
    read: () => input.shift() ?? null,
    whenReadable: (callback: () => void) => empty.resolve(callback),
  };
  const library = libraryOn(factories, modules, streams);
  const { Socket } = library.require('net') as unknown as typeof realNet;
  // What Node's library does for `process.stdin` and `process.stdout`; `fs.fstat` says that the test's own are pipes too.
  const { Pipe } = library.realm.internalBinding('pipe_wrap') as {
    Pipe: new (type: number) => { open(fd: number): number };
  };
  const open = (fd: number): realNet.Socket => {
    const handle = new Pipe(0);
    assert.equal(handle.open(fd), 0);
    // A handle is an option that only the library itself uses.
    return new Socket({
      handle,
      readable: fd === 0,
      writable: fd !== 0,
    } as unknown as realNet.SocketConstructorOpts);
  };
  const chunks: string[] = [];
  const stdin = open(0).on('data', (chunk) => chunks.push(chunk.toString()));
  const ended = once(stdin, 'end');
  const wake = await empty.promise;
  assert.deepEqual(chunks, ['one']);
  wake();
  await ended;
  assert.deepEqual(chunks, ['one', 'two']);
  open(1).write('out');
  open(2).write('err');
  assert.deepEqual(output, ['1 out', '2 err']);
});
