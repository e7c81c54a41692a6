import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, ours, prepare, real, settle, steady } from './beside-node.ts';
import { assertSame, callable } from '../oracle.ts';
import type { Binding } from '../../realm.ts';

prepare((call) => call('mkdir', 'r/s/t', 0o777, true));

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
    await assertSame(ours, real, async (binding) =>
      (await withRequest(binding, name, args, rest)).map(comparable),
    );
  });
  test(`with a promise: ${name} ${String(args[0])}`, async () => {
    await assertSame(ours, real, (binding) =>
      withPromise(binding, name, args, rest).then(comparable, comparable),
    );
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
