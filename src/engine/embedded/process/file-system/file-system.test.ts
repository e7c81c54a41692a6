import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileSystemOf } from '../file-system.ts';
import { FileSystem } from './file-system.ts';
import { FileSystemError } from './error.ts';
import type { StandardStreams, Terminal } from '../realm.ts';
import { fs } from '../bindings/fs.ts';
import { callable, testRealm } from '../bindings/oracle.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const code = (run: () => unknown): string => {
  try {
    run();
    return 'no error';
  } catch (error) {
    return error instanceof FileSystemError ? error.code : String(error);
  }
};
const newFileSystem = (): FileSystem => {
  const files = new FileSystem({ cwd: '/home/reader', umask: 0o022 });
  files.provideDirectory('/etc', 0o755, 0);
  files.provideDirectory('/home/reader');
  return files;
};

test('permissions: what the reader may not do', () => {
  const files = newFileSystem();
  files.provide('/home/reader/secret', bytes('x'), 0o000);
  files.provide('/home/reader/fixed', bytes('x'), 0o444);
  files.provideDirectory('/home/reader/closed', 0o600);
  files.provide('/home/reader/closed/inside', bytes('x'));
  assert.equal(
    code(() => files.open('secret', 0, 0)),
    'EACCES',
  );
  assert.equal(
    code(() => files.open('fixed', 1, 0)),
    'EACCES',
  );
  assert.equal(
    code(() => files.open('fixed', 0, 0)),
    'no error',
  );
  assert.equal(
    code(() => files.access('fixed', 2)),
    'EACCES',
  );
  assert.equal(
    code(() => files.access('fixed', 4)),
    'no error',
  );
  assert.equal(
    code(() => files.inode('closed/inside')),
    'EACCES',
  );
  assert.equal(
    code(() => files.mkdir('/new', 0o777)),
    'EACCES',
  );
  assert.equal(
    code(() => files.open('/etc/passwd', 0o101, 0o666)),
    'EACCES',
  );
  assert.equal(
    code(() => files.rmdir('/etc')),
    'EACCES',
  );
  assert.equal(
    code(() => files.changeMode(files.inode('/etc'), 0o777)),
    'EPERM',
  );
  assert.equal(
    code(() => files.changeOwner(files.inode('fixed'), 0, 0)),
    'EPERM',
  );
});

test('descriptors are the lowest free ones, and closing twice fails', () => {
  const files = newFileSystem();
  files.provide('/home/reader/f', bytes('x'));
  const first = files.open('f', 0, 0);
  assert.equal(files.open('f', 0, 0), first + 1);
  files.close(first);
  assert.equal(files.open('f', 0, 0), first);
  files.close(first);
  assert.equal(
    code(() => files.close(first)),
    'EBADF',
  );
});

test('the working directory moves, and may be gone', () => {
  const surroundings = { cwd: '/home/reader', umask: 0 };
  const files = new FileSystem(surroundings);
  files.provideDirectory('/home/reader/a/b');
  surroundings.cwd = '/home/reader/a';
  assert.equal(files.realpath('b/..'), '/home/reader/a');
  files.removeAll('/home/reader/a');
  assert.equal(
    code(() => files.inode('.')),
    'ENOENT',
  );
});

test('the places that every process has', () => {
  const files = fileSystemOf(testRealm().realm);
  for (const path of ['/home/reader', '/tmp', '/dev/null', '/dev/stdin', '/dev/stdout'])
    assert.ok(files.exists(path), path);
  assert.equal(files.realpath('.'), '/home/reader');
  const descriptor = files.open('/dev/urandom', 0, 0);
  assert.equal(files.opened(descriptor).read(new Uint8Array(100_000), undefined), 100_000);
});

/** Standard input that arrives when the test says so. */
class TypedInput implements StandardStreams {
  readonly written: string[] = [];
  terminal: Terminal | undefined;
  #arrived: Uint8Array[] = [];
  #isClosed = false;
  #waiting: (() => void) | undefined;

  type(text: string): void {
    this.#arrived.push(bytes(text));
    this.#waiting?.();
    this.#waiting = undefined;
  }
  end(): void {
    this.#isClosed = true;
    this.#waiting?.();
  }
  write(fd: 1 | 2, chunk: Uint8Array): void {
    this.written.push(`${fd} ${new TextDecoder().decode(chunk)}`);
  }
  read(): Uint8Array | null {
    return this.#arrived.shift() ?? (this.#isClosed ? null : new Uint8Array(0));
  }
  whenReadable(callback: () => void): void {
    this.#waiting = callback;
  }
}

test('standard output is written in order, also through its device', () => {
  const streams = new TypedInput();
  const binding = fs(testRealm(streams).realm, {});
  callable(binding, 'writeString')(1, 'one', null, 'utf8', undefined, {});
  callable(binding, 'writeBuffer')(2, bytes('two'), 0, 3, null, undefined, {});
  callable(binding, 'writeFileUtf8')('/dev/stdout', 'three', 1, 0o666);
  assert.deepEqual(streams.written, ['1 one', '2 two', '1 three']);
});

test('standard input: a synchronous read finds what there is, an asynchronous one waits', async () => {
  const streams = new TypedInput();
  const { realm, settle } = testRealm(streams);
  const binding = fs(realm, {});
  const target = new Uint8Array(8);
  assert.equal(callable(binding, 'read')(0, target, 0, 8, -1), 0);
  streams.terminal = { columns: 80, rows: 24, mode: 'normal' };
  assert.throws(() => callable(binding, 'read')(0, target, 0, 8, -1), { code: 'EAGAIN', syscall: 'read' });
  const reading = callable(binding, 'read')(0, target, 0, 8, -1, binding['kUsePromises']);
  settle();
  streams.type('hello');
  settle();
  assert.equal(await reading, 5);
  assert.equal(new TextDecoder().decode(target.subarray(0, 5)), 'hello');
  const atEnd = callable(binding, 'read')(0, target, 0, 8, -1, binding['kUsePromises']);
  settle();
  streams.end();
  settle();
  assert.equal(await atEnd, 0);
});
