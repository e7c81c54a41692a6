import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatagramSocket } from './datagram-socket.ts';
import { Listener } from './listener.ts';
import { Loopback, type BindOptions, type NetworkFailure } from './loopback.ts';

function listen(
  loopback: Loopback,
  address: string,
  port: number,
  options: BindOptions = {},
): Listener | NetworkFailure {
  const local = loopback.resolveLocal('tcp', address, port);
  return typeof local === 'string' ? local : loopback.listen(local, options);
}

const conflicts: readonly (readonly [string, string, isConflict: boolean, BindOptions?])[] = [
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.1', '127.0.0.2', false],
  ['0.0.0.0', '127.0.0.1', true],
  ['::', '127.0.0.1', true],
  ['::', '::1', true],
  ['127.0.0.1', '::1', false],
  ['0.0.0.0', '::1', false],
  ['0.0.0.0', '::', false, { isIpv6Only: true }],
  ['127.0.0.1', '127.0.0.1', false, { isShared: true }],
];

for (const [first, second, isConflict, options] of conflicts) {
  test(`${first} and ${second} on one port ${isConflict ? 'conflict' : 'are apart'} ${JSON.stringify(options ?? {})}`, () => {
    const loopback = new Loopback();
    assert.ok(listen(loopback, first, 80, options) instanceof Listener);
    const other = listen(loopback, second, 80, options);
    assert.equal(other === 'EADDRINUSE', isConflict);
  });
}

const routes: readonly (readonly [server: string, client: string, expected: string, BindOptions?])[] = [
  ['::', '127.0.0.1', '127.0.0.1 > ::ffff:127.0.0.1'],
  ['::', '::1', '::1 > ::1'],
  ['::', '127.0.0.1', 'ECONNREFUSED', { isIpv6Only: true }],
  ['0.0.0.0', '127.0.0.9', '127.0.0.1 > 127.0.0.1'],
  ['0.0.0.0', '0.0.0.0', '127.0.0.1 > 127.0.0.1'],
  ['0.0.0.0', '::ffff:127.0.0.1', '127.0.0.1 > 127.0.0.1'],
  ['127.0.0.1', '::1', 'ECONNREFUSED'],
  ['::1', '192.0.2.1', 'ENETUNREACH'],
  ['::1', 'localhost', 'EINVAL'],
];

for (const [server, client, expected, options] of routes) {
  test(`from ${client} to a server on ${server}: ${expected}`, () => {
    const loopback = new Loopback();
    const listener = listen(loopback, server, 80, options);
    assert.ok(listener instanceof Listener);
    const connection = loopback.connect(client, 80);
    if (typeof connection === 'string') return assert.equal(connection, expected);
    const accepted = listener.accept();
    assert.equal(`${connection.local.address} > ${accepted?.remote.address}`, expected);
    assert.equal(accepted?.remote.port, connection.local.port);
  });
}

test('port 0 is a free port, and closing gives a port back', () => {
  const loopback = new Loopback();
  const ports = Array.from({ length: 3 }, () => loopback.resolveLocal('tcp', '::', 0));
  assert.equal(new Set(ports.map((local) => typeof local !== 'string' && local.port)).size, 3);
  const listener = listen(loopback, '::', 80);
  assert.ok(listener instanceof Listener);
  const waiting = loopback.connect('127.0.0.1', 80);
  assert.ok(typeof waiting !== 'string');
  listener.close();
  assert.equal(waiting.stream.read(1), 'ECONNRESET');
  assert.equal(loopback.connect('127.0.0.1', 80), 'ECONNREFUSED');
  assert.ok(listen(loopback, '::', 80) instanceof Listener);
});

test('ports run out', () => {
  const loopback = new Loopback();
  const open = (): ReturnType<Loopback['listen']> => {
    const local = loopback.resolveLocal('tcp', '127.0.0.1', 0);
    return typeof local === 'string' ? local : loopback.listen(local);
  };
  const listeners = Array.from({ length: 28_232 }, open);
  assert.ok(listeners.every((listener) => listener instanceof Listener));
  assert.equal(open(), 'EADDRINUSE');
  const [first] = listeners;
  if (first instanceof Listener) first.close();
  assert.ok(open() instanceof Listener);
});

test('datagrams go to whoever is bound, or nowhere', () => {
  const loopback = new Loopback();
  const local = loopback.resolveLocal('udp', '0.0.0.0', 53);
  assert.ok(typeof local !== 'string');
  const socket = loopback.bindDatagram(local);
  assert.ok(socket instanceof DatagramSocket);
  assert.equal(loopback.bindDatagram(local), 'EADDRINUSE');
  const from = { family: 4, address: '127.0.0.1', port: 5000 } as const;
  const sender = loopback.bindDatagram(from);
  assert.ok(sender instanceof DatagramSocket);
  assert.equal(loopback.send(sender, Buffer.from('hi'), '127.0.0.1', 53), true);
  assert.equal(loopback.send(sender, Buffer.from('lost'), '127.0.0.1', 54), false);
  assert.equal(loopback.send(sender, Buffer.from('far'), '192.0.2.1', 53), 'ENETUNREACH');
  const datagram = socket.receive();
  assert.deepEqual([Buffer.from(datagram?.bytes ?? []).toString(), datagram?.from], ['hi', from]);
  assert.equal(socket.isReadable, false);
});

test('a group hears what is sent to it, and nobody else', () => {
  const loopback = new Loopback();
  const open = (port: number): DatagramSocket => {
    const local = loopback.resolveLocal('udp', '0.0.0.0', port);
    assert.ok(typeof local !== 'string');
    const socket = loopback.bindDatagram(local);
    assert.ok(socket instanceof DatagramSocket);
    return socket;
  };
  const member = open(53);
  const sender = open(0);
  const group = '224.0.0.114';
  loopback.send(sender, Buffer.from('early'), group, 53);
  assert.equal(member.isReadable, false);
  assert.equal(loopback.join(member, group), undefined);
  assert.equal(loopback.join(member, group), 'EADDRINUSE');
  sender.loopsBack = false;
  loopback.send(sender, Buffer.from('elsewhere'), group, 53);
  assert.equal(member.isReadable, false);
  sender.loopsBack = true;
  loopback.send(sender, Buffer.from('all'), group, 53);
  assert.equal(Buffer.from(member.receive()?.bytes ?? []).toString(), 'all');
  assert.equal(loopback.leave(member, group), undefined);
  assert.equal(loopback.leave(member, group), 'EADDRNOTAVAIL');
});

test('a socket sends to everyone only where it may', () => {
  const loopback = new Loopback();
  const receiver = loopback.bindDatagram({ family: 4, address: '0.0.0.0', port: 53 });
  const sender = loopback.bindDatagram({ family: 4, address: '0.0.0.0', port: 54 });
  assert.ok(receiver instanceof DatagramSocket && sender instanceof DatagramSocket);
  assert.equal(loopback.send(sender, Buffer.from('x'), '255.255.255.255', 53), 'EACCES');
  sender.mayBroadcast = true;
  assert.equal(loopback.send(sender, Buffer.from('x'), '255.255.255.255', 53), true);
  assert.equal(receiver.isReadable, true);
});
