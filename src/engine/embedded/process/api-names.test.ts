import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiNameOf } from './api-names.ts';
import { createNotSupportedError } from './stubs.ts';

test('a stub is called what a reader calls it', () => {
  const names = {
    'process_wrap.Process': 'A child process (child_process.spawn, exec, fork, or cluster.fork)',
    'process_wrap.Process.spawn': 'A child process (child_process.spawn, exec, fork, or cluster.fork)',
    'worker.Worker': 'A thread (worker_threads.Worker)',
    'process_methods.dlopen': 'A native addon (process.dlopen)',
    'process_methods.execve': 'process.execve',
    'process_methods._debugProcess': 'process.debugProcess',
    'crypto.createDiffieHellman': 'crypto.createDiffieHellman',
    'v8.setFlagsFromString': 'v8.setFlagsFromString',
  };
  assert.deepEqual(
    Object.keys(names).map((path) => apiNameOf(path)),
    Object.values(names),
  );
});

test('the error says where the program can run instead', () => {
  const error = createNotSupportedError('sqlite.DatabaseSync');
  assert.equal(
    error.message,
    'A database (node:sqlite) is not available in this engine. The program can run in a WebContainer or in a terminal.',
  );
  assert.equal(Reflect.get(error, 'code'), 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM');
});
