import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import type { Socket } from 'node:net';
import { jsStream } from './js_stream.ts';
import { pipeWrap } from './pipe_wrap.ts';
import { streamWrap } from './stream_wrap.ts';
import { tcpWrap } from './tcp_wrap.ts';
import { libraryOn } from '../library-on.ts';

const modules = ['internal/js_stream_socket', 'internal/stream_base_commons', 'net'];
const factories = { js_stream: jsStream, stream_wrap: streamWrap, tcp_wrap: tcpWrap, pipe_wrap: pipeWrap };

test('a stream of JavaScript is read and written as a socket', async () => {
  const { require, loop } = libraryOn(factories, modules);
  const written: string[] = [];
  const duplex = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
    final(done) {
      written.push('end');
      done();
    },
  });
  // Node's own class, on our binding.
  const JSStreamSocket = require('internal/js_stream_socket') as unknown as new (stream: Duplex) => Socket;
  const socket = new JSStreamSocket(duplex);
  duplex.push('hello');
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  assert.equal(chunk.toString(), 'hello');
  await new Promise((resolve) => socket.write('é', 'latin1', resolve));
  socket.cork();
  socket.write('a');
  socket.write(Buffer.from('b'));
  socket.uncork();
  duplex.push(null);
  socket.resume().end('c');
  await once(socket, 'close');
  assert.equal(Buffer.from(written.join(''), 'utf8').toString(), '\u{fffd}abcend');
  assert.equal(socket.bytesRead, 5);
  assert.equal(loop.references, 0);
});

test('a callback that answers nothing has succeeded', () => {
  const { realm } = libraryOn(factories, modules);
  // True: the class is that of this binding.
  const { JSStream } = realm.internalBinding('js_stream') as unknown as {
    JSStream: new () => { onreadstart: () => unknown; readStart(): unknown };
  };
  const stream = new JSStream();
  stream.onreadstart = () => undefined;
  assert.equal(stream.readStart(), 0);
  stream.onreadstart = () => -5;
  assert.equal(stream.readStart(), -5);
});
