import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOf, describeStatus, describeTime } from './status.ts';

test('a status in words', () => {
  assert.equal(describeStatus(200, 'OK'), '200 OK: success');
  assert.equal(describeStatus(404, ''), '404 Not Found: the request was refused');
  assert.equal(describeStatus(302, 'Gone Fishing'), '302 Gone Fishing: redirect');
  assert.equal(describeStatus(599, ''), '599: the server failed');
  assert.deepEqual([101, 204, 304, 400, 503].map(classOf), [
    'success',
    'success',
    'redirect',
    'client-error',
    'server-error',
  ]);
});

test('times in words', () => {
  assert.deepEqual([0.4, 12.6, 1250, 62_000].map(describeTime), ['0 ms', '13 ms', '1.25 s', '62 s']);
});
