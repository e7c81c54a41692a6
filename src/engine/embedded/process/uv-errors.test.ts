import assert from 'node:assert/strict';
import { readFileSync, readSync, renameSync } from 'node:fs';
import { test } from 'node:test';
import { callable, outcome, realBinding } from './bindings/oracle.ts';
import { UvErrorTable } from './uv-errors.ts';

test("the table is the pinned Node's", () => {
  const ours = [...new UvErrorTable().byNumber].map(([errno, { name, message }]) => [errno, [name, message]]);
  // `getErrorMap` answers with a Map of pairs.
  const real = callable(realBinding('uv'), 'getErrorMap')() as Map<number, [string, string]>;
  assert.deepEqual(new Map(ours as [number, [string, string]][]), real);
});

test("errors have the message and the properties, in order, of Node's own", () => {
  const uv = new UvErrorTable();
  const caught = (call: () => unknown): unknown => {
    try {
      return call();
    } catch (error) {
      return error;
    }
  };
  const same = (ours: Error, real: unknown): void => {
    assert.ok(real instanceof Error);
    assert.equal(ours.message, real.message);
    assert.deepEqual(Object.entries(ours), Object.entries(real));
  };
  same(
    uv.exception('ENOENT', 'open', '/missing'),
    caught(() => readFileSync('/missing')),
  );
  same(
    uv.exception('ENOENT', 'rename', '/missing', '/there'),
    caught(() => renameSync('/missing', '/there')),
  );
  same(
    uv.exception('EBADF', 'read'),
    caught(() => readSync(9999, new Uint8Array(1))),
  );
});

test('a name that libuv does not have is a mistake of ours', () => {
  assert.deepEqual(
    outcome(() => new UvErrorTable().errno('EOOPS')),
    {
      error: 'RangeError',
      code: undefined,
      message: 'libuv has no error named EOOPS',
    },
  );
});
