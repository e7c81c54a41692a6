import { asInNode, bytes, flag, readAll, result, tree } from './beside-node.ts';

// What the other files start from is made here as in Node, step by step.
asInNode(tree);

asInNode({
  'read at positions and on': (call) => {
    const descriptor = call('open', 'f', 0, 0);
    const target = Buffer.alloc(8);
    const counts = [
      call('read', descriptor, target, 0, 2, -1),
      call('read', descriptor, target, 2, 2, 1),
      call('read', descriptor, target, 4, 2, -1),
      call('read', descriptor, target, 6, 2, 0n),
      call('read', descriptor, target, 0, 1, -1),
      call('read', descriptor, target, 0, 1, -1),
      call('read', descriptor, target, 0, 1, 100),
      call('read', descriptor, target, 0, 0, -1),
    ];
    call('close', descriptor);
    return [counts, target];
  },
  'write at positions and on': (call) => {
    const descriptor = call('open', 'w', flag.readWrite | flag.create | flag.truncate, 0o666);
    const context = {};
    const counts = [
      call('writeBuffer', descriptor, bytes('abcdef'), 1, 3, null, undefined, context),
      call('writeString', descriptor, 'XY', null, 'latin1', undefined, context),
      call('writeBuffer', descriptor, bytes('0'), 0, 1, 8, undefined, context),
      call('writeString', descriptor, 'é', 0, 'utf8', undefined, context),
      call('writeBuffers', descriptor, [bytes('12'), bytes('345')], null),
      call('writeBuffers', descriptor, [bytes('!'), bytes('?')], 3),
    ];
    const [first, second] = [Buffer.alloc(3), Buffer.alloc(9)];
    counts.push(
      call('readBuffers', descriptor, [first, second], 0),
      call('readBuffers', descriptor, [first, second], -1),
    );
    call('ftruncate', descriptor, 4);
    call('ftruncate', descriptor, 6);
    call('close', descriptor);
    return [counts, first, second, readAll(call, 'w'), context];
  },
  append: (call) => {
    const descriptor = call('open', 'w', flag.write | flag.append, 0);
    call('writeBuffer', descriptor, bytes('end'), 0, 3, 0, undefined, {});
    call('close', descriptor);
    return readAll(call, 'w');
  },
  'an unlinked file lives while it is open': (call) => {
    call('writeFileUtf8', 'gone', 'still here', 0o1101, 0o666);
    const descriptor = call('open', 'gone', 0, 0);
    call('unlink', 'gone');
    const links = (call('fstat', descriptor, false, undefined, false) as Float64Array)[2];
    const text = call('readFileUtf8', descriptor, 0);
    call('close', descriptor);
    return [links, text, call('existsSync', 'gone')];
  },
  'read a directory': (call) => {
    const descriptor = call('open', 'd', 0, 0);
    return call('read', descriptor, Buffer.alloc(1), 0, 1, -1);
  },
  'read a closed descriptor': (call) => call('read', 9999, Buffer.alloc(1), 0, 1, -1),
  'read what is open for writing': (call) =>
    call('read', call('open', 'f', flag.write, 0), Buffer.alloc(1), 0, 1, -1),
  'write what is open for reading': (call) => {
    const context = {};
    const answer = call('writeBuffer', call('open', 'f', 0, 0), bytes('a'), 0, 1, null, undefined, context);
    return [answer, context];
  },
  'write text to a closed descriptor': (call) => {
    const context = {};
    return [call('writeString', 9999, 'a', null, 'utf8', undefined, context), context];
  },
  'writev to a closed descriptor': (call) => call('writeBuffers', 9999, [bytes('a')], null),
  'truncate what is open for reading': (call) => call('ftruncate', call('open', 'f', 0, 0), 1),
  'readFileUtf8 of nothing': (call) => readAll(call, 'x'),
  'readFileUtf8 of a directory': (call) => readAll(call, 'd'),
  'readFileUtf8 of a closed descriptor': (call) => call('readFileUtf8', 9999, 0),
  'readFileUtf8 of a large file with a byte order mark': (call) => {
    call('writeFileUtf8', 'large', `\ufeff${'€'.repeat(100_000)}`, 0o1101, 0o666);
    return readAll(call, 'large');
  },
  'writeFileUtf8 into nothing': (call) => call('writeFileUtf8', 'no/x', 'a', 0o1101, 0o666),
  'writeFileUtf8 over a directory': (call) => call('writeFileUtf8', 'd', 'a', 0o1101, 0o666),
  'writeFileUtf8 to a closed descriptor': (call) => call('writeFileUtf8', 9999, 'a', 0o1101, 0o666),
  '/dev/null': (call) => {
    call('writeFileUtf8', '/dev/null', 'a', 1, 0o666);
    return [
      readAll(call, '/dev/null'),
      Number((call('stat', '/dev/null', false, undefined, true) as Float64Array)[1]),
    ];
  },
  'fsync, fdatasync, ftruncate, close of a closed descriptor': (call) =>
    [['fsync'], ['fdatasync'], ['ftruncate', 1], ['close']].map(([name, ...args]) =>
      result(() => call(String(name), 9999, ...args)),
    ),
});
