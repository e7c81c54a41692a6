import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideReal, callable } from './oracle.ts';
import { os } from './os.ts';

const { ours, real } = besideReal('os', os);
const kinds = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((item) => typeof item) : typeof value;

test("every answer has the form of Node's", () => {
  for (const name of [
    'getHostname',
    'getUptime',
    'getTotalMem',
    'getFreeMem',
    'getHomeDirectory',
    'getAvailableParallelism',
    'getOSInformation',
  ])
    assert.deepEqual(kinds(callable(ours, name)({})), kinds(callable(real, name)({})), name);
  for (const [name, period] of [
    ['getCPUs', 7],
    ['getInterfaceAddresses', 7],
  ] as const) {
    const [a, b] = [ours, real].map((binding) => callable(binding, name)({}) as unknown[]);
    assert.equal((a?.length ?? 1) % period, 0, name);
    assert.deepEqual(kinds(a?.slice(0, period)), kinds(b?.slice(0, period)), name);
  }
  assert.deepEqual(
    Object.keys(callable(ours, 'getUserInfo')(null, {}) as object),
    Object.keys(callable(real, 'getUserInfo')(null, {}) as object),
  );
  assert.ok(
    Buffer.isBuffer(
      (callable(ours, 'getUserInfo')({ encoding: 'buffer' }, {}) as { username: unknown }).username,
    ),
  );
});

test('loads are written into the array', () => {
  const loads = new Float64Array(3);
  callable(ours, 'getLoadAvg')(loads);
  assert.ok(loads.every((load) => load > 0));
});

test('priorities of this process and of others', () => {
  assert.equal(callable(ours, 'setPriority')(0, 10, {}), 0);
  assert.equal(callable(ours, 'getPriority')(0, {}), 10);
  const [a, b] = [{}, {}];
  assert.equal(callable(ours, 'getPriority')(99_999_999, a), callable(real, 'getPriority')(99_999_999, b));
  assert.deepEqual(a, b);
  const refused = {};
  assert.equal(callable(ours, 'setPriority')(0, -5, refused), -13);
  assert.deepEqual(refused, {
    errno: -13,
    code: 'EACCES',
    message: 'permission denied',
    syscall: 'uv_os_setpriority',
  });
});
