import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fs } from './fs.ts';
import { fsDir } from './fs_dir.ts';
import { callable, outcome, realBinding, testRealm } from './oracle.ts';

const { realm, settle } = testRealm();
const ours = { fs: fs(realm, {}), dir: fsDir(realm, {}) };
const real = { fs: realBinding('fs'), dir: realBinding('fs_dir') };

const home = process.cwd();
const directory = mkdtempSync(join(tmpdir(), 'fs-dir-'));
process.chdir(directory);
after(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});
for (const { fs: binding } of [ours, real]) {
  callable(binding, 'mkdir')('d', 0o777, false);
  callable(binding, 'writeFileUtf8')('d/file', '', 0o1101, 0o666);
}

interface Handle {
  read(encoding: string, count: number, request?: unknown): unknown;
  close(request?: unknown): unknown;
}

test('opens, reads to the end, closes', () => {
  const results = [ours, real].map(({ dir }) => {
    const handle = callable(dir, 'opendir')('d', 'utf8') as Handle;
    return [handle.read('utf8', 32), handle.read('utf8', 32), handle.read('buffer', 1), handle.close()];
  });
  assert.deepEqual(results[0], results[1]);
});

test('reads as many entries as are asked for', () => {
  callable(ours.fs, 'writeFileUtf8')('d/second', '', 0o1101, 0o666);
  const handle = callable(ours.dir, 'opendirSync')('d') as Handle;
  assert.deepEqual(
    [handle.read('utf8', 1), handle.read('hex', 1), handle.read('utf8', 1)],
    [['file', 1], ['7365636f6e64', 1], null],
  );
});

test('what is no directory', () => {
  for (const name of ['opendir', 'opendirSync'])
    for (const path of ['x', 'd/file'])
      assert.deepEqual(
        outcome(() => callable(ours.dir, name)(path, 'utf8')),
        outcome(() => callable(real.dir, name)(path, 'utf8')),
        `${name} ${path}`,
      );
});

test('with a request', () => {
  const { FSReqCallback } = ours.fs as { FSReqCallback: new () => { oncomplete: unknown } };
  const answers: unknown[] = [];
  const request = (): object =>
    Object.assign(new FSReqCallback(), { oncomplete: (...answer: unknown[]) => answers.push(answer) });
  callable(ours.dir, 'opendir')('d', 'utf8', request());
  settle();
  const [, handle] = answers.pop() as [null, Handle];
  handle.read('utf8', 1, request());
  handle.close(request());
  settle();
  assert.deepEqual(answers, [[null, ['file', 1]], [null]]);
});
