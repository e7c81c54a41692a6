import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fs } from './fs.ts';
import { callable, realBinding, testRealm } from './oracle.ts';
import type { Binding } from '../realm.ts';

const { realm, settle } = testRealm();
const real = realBinding('fs');
const ours = fs(realm, { ...real });

const home = process.cwd();
const directory = mkdtempSync(join(tmpdir(), 'fs-binding-'));
process.chdir(directory);
after(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});

type Call = (name: string, ...args: unknown[]) => unknown;
type Step = (call: Call, b: Binding) => unknown;

/** What a call comes to, errors with all their properties; what differs by place or time is left out. */
function result(binding: Binding, step: Step): unknown {
  try {
    const value = step((name, ...args) => callable(binding, name)(...args), binding);
    return { value: value instanceof Float64Array || value instanceof BigInt64Array ? steady(value) : value };
  } catch (error) {
    return error instanceof Error ? describe(error) : error;
  }
}
const describe = ({ name, message, ...rest }: Error): object => ({
  ...rest,
  described: `${name}: ${message}`,
});

/** Of a stat: mode, links, block size, size. */
const steady = (values: Float64Array | BigInt64Array): unknown =>
  [1, 2, 6, 8].map((index) => Number(values[index]));

const flag = {
  read: 0,
  write: 1,
  readWrite: 2,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  directory: 0o200000,
};
const bytes = (text: string): Buffer => Buffer.from(text);
const readAll = (call: Call, path: string): unknown => call('readFileUtf8', path, 0);

const steps: Record<string, Step> = {
  'write a file': (call) => call('writeFileUtf8', 'f', 'hello', 0o1101, 0o666),
  'read it': (call) => readAll(call, 'f'),
  'make a directory': (call) => call('mkdir', 'd', 0o777, false),
  'and one in it': (call) => call('mkdir', 'd/e', 0o755, false),
  'link to nothing': (call) => call('symlink', 'nowhere', 'dangling', 0),
  'link to a file': (call) => call('symlink', 'f', 'l', 0),
  'link to a directory': (call) => call('symlink', 'd', 'ld', 0),
  'link to the root': (call) => call('symlink', '/', 'lr', 0),
  'link to itself': (call) => call('symlink', 'loop', 'loop', 0),
  'stat a file': (call) => call('stat', 'f', false, undefined, true),
  'stat big': (call) => call('stat', 'f', true, undefined, true),
  'stat through a link': (call) => call('stat', 'l', false, undefined, true),
  'stat the root': (call) =>
    Number((call('stat', '/', false, undefined, true) as Float64Array)[1]) & 0o170000,
  'stat a link to the root': (call) =>
    Number((call('stat', 'lr', false, undefined, true) as Float64Array)[1]) & 0o170000,
  'lstat a link': (call) => call('lstat', 'l', false, undefined, true),
  'lstat a link with a slash': (call) =>
    Number((call('lstat', 'ld/', false, undefined, true) as Float64Array)[1]) & 0o170000,
  'stat fills the shared array': (call, b) => call('stat', 'f', false, undefined, true) === b['statValues'],
  'lstat fills the shared big array': (call, b) =>
    call('lstat', 'f', true, undefined, true) === b['bigintStatValues'],
  'stat nothing': (call) => call('stat', 'x', false, undefined, true),
  'stat nothing quietly': (call) => call('stat', 'x', false, undefined, false),
  'stat below a file': (call) => call('stat', 'f/x', false, undefined, true),
  'stat below a file quietly': (call) => call('stat', 'f/x', false, undefined, false),
  'stat a loop': (call) => call('stat', 'loop', false, undefined, false),
  'stat with a slash': (call) => call('stat', 'f/', false, undefined, true),
  'stat a closed descriptor': (call) => call('fstat', 9999, false, undefined, false),
  'the empty path': (call) => call('open', '', 0, 0),
  'a long name': (call) => call('open', 'x'.repeat(300), 0, 0),
  'a very long path': (call) => call('open', 'x/'.repeat(3000), 0, 0),
  'open nothing': (call) => call('open', 'x', 0, 0),
  'open with a buffer for a path': (call) => call('open', bytes('x'), 0, 0),
  'open a directory to write': (call) => call('open', 'd', flag.write, 0),
  'open a file with a slash': (call) => call('open', 'f/', 0, 0),
  'create with a slash': (call) => call('open', 'new/', flag.write | flag.create, 0o666),
  'create below a file': (call) => call('open', 'f/new', flag.write | flag.create, 0o666),
  'create in no directory': (call) => call('open', 'no/new', flag.write | flag.create, 0o666),
  'create exclusively': (call) => call('open', 'f', flag.write | flag.create | flag.exclusive, 0o666),
  'create exclusively over a link': (call) =>
    call('open', 'dangling', flag.write | flag.create | flag.exclusive, 0o666),
  'open a file as a directory': (call) => call('open', 'f', flag.directory, 0),
  'open a loop': (call) => call('open', 'loop', 0, 0),
  'create through a dangling link': (call) => {
    call('close', call('open', 'dangling', flag.write | flag.create, 0o666));
    return call('readdir', '.', 'utf8', true);
  },
  'modes pass the umask': (call) => {
    call('writeFileUtf8', 'm', '', 0o1101, 0o777);
    return call('stat', 'm', false, undefined, true);
  },
  'readdir with types': (call) => call('readdir', '.', 'utf8', true),
  'readdir as buffers': (call) => call('readdir', 'd', 'buffer', false),
  'readdir in hexadecimal': (call) => call('readdir', 'd', 'hex', false),
  'readdir a file': (call) => call('readdir', 'f', 'utf8', false),
  'readdir nothing': (call) => call('readdir', 'x', 'utf8', false),
  'mkdir over a directory': (call) => call('mkdir', 'd', 0o777, false),
  'mkdir in nothing': (call) => call('mkdir', 'no/x', 0o777, false),
  'mkdir with a slash': (call) => call('mkdir', 'slash/', 0o777, false),
  'mkdir recursive over a directory': (call) => call('mkdir', 'd', 0o777, true),
  'mkdir recursive': (call) => call('mkdir', 'r/s/t', 0o777, true),
  'mkdir recursive, absolute': (call) =>
    String(call('mkdir', `${String(call('realpath', '.', 'utf8'))}/r/s/u/v`, 0o777, true)).slice(-6),
  'mkdir recursive over a file': (call) => call('mkdir', 'f', 0o777, true),
  'mkdir recursive below a file': (call) => call('mkdir', 'f/x/y', 0o777, true),
  'rmdir a file': (call) => call('rmdir', 'f'),
  'rmdir what is not empty': (call) => call('rmdir', 'd'),
  'rmdir .': (call) => call('rmdir', '.'),
  'rmdir nothing': (call) => call('rmdir', 'x'),
  'rmdir a link to a directory': (call) => call('rmdir', 'ld'),
  rmdir: (call) => call('rmdir', 'slash/'),
  'unlink a directory': (call) => call('unlink', 'd'),
  'unlink nothing': (call) => call('unlink', 'x'),
  'unlink with a slash': (call) => call('unlink', 'f/'),
  'rename nothing': (call) => call('rename', 'x', 'y'),
  'rename into nothing': (call) => call('rename', 'f', 'no/y'),
  'rename a file over a directory': (call) => call('rename', 'f', 'd'),
  'rename a directory over a file': (call) => call('rename', 'd', 'f'),
  'rename a directory into itself': (call) => call('rename', 'd', 'd/e/q'),
  'rename over a full directory': (call) => call('rename', 'r', 'd'),
  'rename to itself': (call) => call('rename', 'f', 'f'),
  rename: (call) => {
    call('rename', 'm', 'm2');
    return [call('existsSync', 'm'), call('existsSync', 'm2')];
  },
  'rename over a file': (call) => {
    call('rename', 'm2', 'nowhere');
    return call('readdir', '.', 'utf8', false);
  },
  'copy a directory': (call) => call('copyFile', 'd', 'zz', 0),
  'copy over a directory': (call) => call('copyFile', 'f', 'd', 0),
  copy: (call) => {
    call('copyFile', 'f', 'c', 0);
    return readAll(call, 'c');
  },
  'copy exclusively': (call) => call('copyFile', 'f', 'c', 1),
  'copy nothing': (call) => call('copyFile', 'x', 'y', 0),
  'copy into nothing': (call) => call('copyFile', 'f', 'no/y', 0),
  'copy to itself': (call) => {
    call('copyFile', 'f', 'f', 0);
    return readAll(call, 'f');
  },
  link: (call) => {
    call('link', 'f', 'hard');
    return call('stat', 'hard', false, undefined, true);
  },
  'link nothing': (call) => call('link', 'x', 'y'),
  'link a directory': (call) => call('link', 'd', 'y'),
  'link over a file': (call) => call('link', 'f', 'c'),
  'symlink over a file': (call) => call('symlink', 't', 'c', 0),
  'symlink in nothing': (call) => call('symlink', 't', 'no/c', 0),
  readlink: (call) => call('readlink', 'l', 'utf8'),
  'readlink as a buffer': (call) => call('readlink', 'l', 'buffer'),
  'readlink a file': (call) => call('readlink', 'f', 'utf8'),
  'readlink nothing': (call) => call('readlink', 'x', 'utf8'),
  realpath: (call) =>
    ['l', 'ld/e/../../f', './d//e/.'].map((path) =>
      String(call('realpath', path, 'utf8'))
        .split('/')
        .slice(-2)
        .join('/')
        .replace(/^(?:reader|fs-binding-\w+)\//, '~/'),
    ),
  'realpath of roots': (call) => [
    call('realpath', '/', 'utf8'),
    call('realpath', 'lr', 'utf8'),
    call('realpath', '/..', 'utf8'),
  ],
  'realpath of nothing': (call) => call('realpath', 'x', 'utf8'),
  access: (call) => call('access', 'f', 4),
  'access nothing': (call) => call('access', 'x', 0),
  existsSync: (call) => ['x', 'f', 'loop', 'f/x', 'd/'].map((path) => call('existsSync', path)),
  chmod: (call) => {
    call('chmod', 'c', 0o640);
    return call('stat', 'c', false, undefined, true);
  },
  'chmod nothing': (call) => call('chmod', 'x', 1),
  'fchmod a closed descriptor': (call) => call('fchmod', 9999, 1),
  'chown nothing': (call) => call('chown', 'x', 1, 1),
  'lchown nothing': (call) => call('lchown', 'x', 1, 1),
  'fchown a closed descriptor': (call) => call('fchown', 9999, 1, 1),
  utimes: (call) => {
    call('utimes', 'c', 1.5, 1700000000.123456);
    return [...(call('stat', 'c', false, undefined, true) as Float64Array)].slice(10, 14);
  },
  'utimes before 1970': (call) => {
    call('utimes', 'c', -1.5, -0.25);
    return [...(call('stat', 'c', true, undefined, true) as BigInt64Array)].slice(10, 14);
  },
  'utimes of nothing': (call) => call('utimes', 'x', 1, 1),
  'lutimes of nothing': (call) => call('lutimes', 'x', 1, 1),
  'futimes of a closed descriptor': (call) => call('futimes', 9999, 1, 1),
  'fsync, fdatasync, ftruncate, close of a closed descriptor': (call) =>
    [['fsync'], ['fdatasync'], ['ftruncate', 1], ['close']].map(([name, ...args]) =>
      result({ [String(name)]: (...all: unknown[]) => call(String(name), ...all) }, (inner) =>
        inner(String(name), 9999, ...args),
      ),
    ),
  'statfs of nothing': (call) => call('statfs', 'x', false),
  statfs: (call, b) => [
    call('statfs', '.', false) === b['statFsValues'],
    call('statfs', '.', true) === b['bigintStatFsValues'],
  ],
  'mkdtemp in nothing': (call) => call('mkdtemp', 'no/x', 'utf8'),
  mkdtemp: (call) => String(call('mkdtemp', 't-', 'utf8')).replace(/\w{6}$/, 'XXXXXX'),
  'mkdtemp as a buffer': (call) => String(call('mkdtemp', bytes('u-'), 'buffer')).replace(/\w{6}$/, 'XXXXXX'),
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
  internalModuleStat: (call) =>
    ['x', 'f', 'd', 'f/x', 'loop', 'ld'].map((path) => call('internalModuleStat', path)),
  getFormatOfExtensionlessFile: (call) =>
    ['f', 'x', 'd'].map((path) => call('getFormatOfExtensionlessFile', path)),
  legacyMainResolve: (call) => {
    call('mkdir', 'p/lib', 0o777, true);
    for (const path of ['p/main.js', 'p/index.json', 'p/lib/index.js'])
      call('writeFileUtf8', path, '', 0o1101, 0o666);
    return ['main', 'main.js', 'lib', 'none', undefined].map((main) =>
      call('legacyMainResolve', `${String(call('realpath', 'p', 'utf8'))}/`, main, 'file:///x'),
    );
  },
  'descriptors and modes that cannot be': (call) => {
    const refused: readonly (readonly [name: string, ...args: unknown[]])[] = [
      ['fsync', 'x'],
      ['close', -1],
      ['fstat', 1.5, false],
      ['ftruncate', 2 ** 40, 0],
      ['fchmod', null, 0],
      ['access', 'f', 8],
      ['access', 'f', 'x'],
      ['copyFile', 'f', 'g', -1],
      ['copyFile', 'f', 'g', Infinity],
    ];
    return refused.map(([name, ...args]) =>
      result({ [name]: (...all: unknown[]) => call(name, ...all) }, (inner) => inner(name, ...args)),
    );
  },
  'cpSyncCheckPaths: nothing there': (call) => call('cpSyncCheckPaths', 'x', 'y', false, false),
  'cpSyncCheckPaths: the same': (call) => call('cpSyncCheckPaths', 'f', 'f', false, false),
  'cpSyncCheckPaths: a directory over a file': (call) => call('cpSyncCheckPaths', 'd', 'f', false, true),
  'cpSyncCheckPaths: a file over a directory': (call) => call('cpSyncCheckPaths', 'f', 'd', false, false),
  'cpSyncCheckPaths: a directory without the option': (call) =>
    call('cpSyncCheckPaths', 'd', 'zz', false, false),
  'cpSyncCheckPaths: a directory into itself': (call) => call('cpSyncCheckPaths', 'd', 'd/zz', false, true),
  'cpSyncCheckPaths makes the directories above': (call) => {
    call('cpSyncCheckPaths', 'f', 'n1/n2/zz', false, true);
    return call('readdir', 'n1', 'utf8', true);
  },
  cpSyncCopyDir: (call) => {
    call('writeFileUtf8', 'd/e/file', 'text', 0o1101, 0o666);
    call('cpSyncCopyDir', 'd', 'copied', true, false, false, false, false);
    return [call('readdir', 'copied', 'utf8', true), readAll(call, 'copied/e/file')];
  },
  cpSyncOverrideFile: (call) => {
    call('cpSyncOverrideFile', 'd/e/file', 'c', 0, false);
    return readAll(call, 'c');
  },
  'rmSync of nothing': (call) => call('rmSync', 'x', 0, false, 100),
  'rmSync of a directory': (call) => call('rmSync', 'd', 0, false, 100),
  'rmSync of a link to a directory': (call) => {
    call('rmSync', 'ld', 0, true, 100);
    return [call('existsSync', 'ld'), call('existsSync', 'd')];
  },
  'rmSync of a tree': (call) => {
    call('rmSync', 'd', 0, true, 100);
    return call('existsSync', 'd');
  },
};

for (const [name, step] of Object.entries(steps))
  test(`as in Node, step by step: ${name}`, () => {
    assert.deepEqual(result(ours, step), result(real, step));
  });

test('the stack of an error begins at the caller', () => {
  const caught = (() => {
    try {
      return callable(ours, 'stat')('x', false, undefined, true);
    } catch (error) {
      return error;
    }
  })();
  assert.match(
    String((caught as Error).stack),
    /^Error: ENOENT: no such file or directory, stat 'x'\n +at .*oracle\.ts/,
  );
});

/** Calls with a request and answers what its callback gets, as soon as it is called. */
const withRequest = (
  binding: Binding,
  name: string,
  args: unknown[],
  rest: unknown[] = [],
): Promise<unknown[]> => {
  const { promise, resolve } = Promise.withResolvers<unknown[]>();
  const Request = binding['FSReqCallback'] as new (isBigint: boolean) => {
    oncomplete: (...results: unknown[]) => void;
  };
  const request = new Request(false);
  request.oncomplete = (...results) => resolve(results);
  callable(binding, name)(...args, request, ...rest);
  if (binding === ours) settle();
  return promise;
};
const withPromise = (
  binding: Binding,
  name: string,
  args: unknown[],
  rest: unknown[] = [],
): Promise<unknown> => {
  const promise = callable(binding, name)(...args, binding['kUsePromises'], ...rest) as Promise<unknown>;
  if (binding === ours) settle();
  return promise;
};

const comparable = (value: unknown): unknown => {
  if (value instanceof Error) return { ...describe(value), stack: value.stack };
  return value instanceof Float64Array ? [value.length, steady(value)] : value;
};

const asynchronous: [name: string, args: unknown[], rest?: unknown[]][] = [
  ['stat', ['f', false], [true]],
  ['stat', ['x', false], [true]],
  ['stat', ['x', false], [false]],
  ['lstat', ['l', false]],
  ['open', ['x', 0, 0]],
  ['readdir', ['r', 'utf8', true]],
  ['mkdir', ['aa/bb', 0o777, true]],
  ['mkdir', ['aa', 0o777, false]],
  ['rename', ['x', 'y']],
  ['rmdir', ['aa']],
  ['close', [9999]],
  ['read', [9999, Buffer.alloc(1), 0, 1, -1]],
  ['writeBuffer', [9999, Buffer.alloc(1), 0, 1, null]],
  ['access', ['f', 0]],
  ['readlink', ['l', 'utf8']],
  ['unlink', ['nothing']],
];

for (const [name, args, rest] of asynchronous) {
  test(`with a request: ${name} ${String(args[0])}`, async () => {
    const [a, b] = [await withRequest(ours, name, args, rest), await withRequest(real, name, args, rest)];
    assert.deepEqual(a.map(comparable), b.map(comparable));
  });
  test(`with a promise: ${name} ${String(args[0])}`, async () => {
    const settled = async (binding: Binding): Promise<unknown> =>
      withPromise(binding, name, args, rest).catch((error: unknown) => error);
    assert.deepEqual(comparable(await settled(ours)), comparable(await settled(real)));
  });
}

test('a FileHandle opens, tells its descriptor, and closes', async () => {
  for (const binding of [ours, real]) {
    const handle = (await withPromise(binding, 'openFileHandle', ['f', 0, 0])) as {
      fd: number;
      close(): Promise<unknown>;
      getAsyncId(): number;
    };
    assert.ok(handle.fd > 2);
    assert.equal(typeof handle.getAsyncId(), 'number');
    const closing = handle.close();
    if (binding === ours) settle();
    assert.equal(await closing, undefined);
    assert.equal(handle.fd, -22);
  }
});
