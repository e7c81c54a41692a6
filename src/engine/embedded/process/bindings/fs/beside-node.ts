/** For tests only: calls of the fs binding step by step, on ours in memory and on Node's own in an empty directory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fs } from '../fs.ts';
import { assertSame, callable, realBinding, testRealm } from '../oracle.ts';
import type { Binding } from '../../realm.ts';

const testing = testRealm();

/** Runs what our binding enqueued. */
export const { settle } = testing;
/** Node's binding. */
export const real = realBinding('fs');
/** Our binding. */
export const ours = fs(testing.realm, { ...real });

const home = process.cwd();
const directory = mkdtempSync(join(tmpdir(), 'fs-binding-'));
process.chdir(directory);
after(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});

/** Calls a function of the binding. */
type Call = (name: string, ...args: unknown[]) => unknown;
/** What is done to a binding, and what it answers. */
type Step = (call: Call, b: Binding) => unknown;

/** Takes a step on a binding. */
const take = (binding: Binding, step: Step): unknown =>
  step((name, ...args) => callable(binding, name)(...args), binding);

/** What a run comes to, errors with all their properties; what differs by place or time is left out. */
export function result(run: () => unknown): unknown {
  try {
    const value = run();
    return { value: value instanceof Float64Array || value instanceof BigInt64Array ? steady(value) : value };
  } catch (error) {
    return error instanceof Error ? describe(error) : error;
  }
}

/** An error with all its properties. */
export const describe = ({ name, message, ...rest }: Error): object => ({
  ...rest,
  described: `${name}: ${message}`,
});

/** Of a stat: mode, links, block size, size. */
export const steady = (values: Float64Array | BigInt64Array): unknown =>
  [1, 2, 6, 8].map((index) => Number(values[index]));

/** Flags of `open`. */
export const flag = {
  read: 0,
  write: 1,
  readWrite: 2,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  directory: 0o200000,
};
/** Bytes of a text. */
export const bytes = (text: string): Buffer => Buffer.from(text);
/** The text of a file. */
export const readAll = (call: Call, path: string): unknown => call('readFileUtf8', path, 0);

/** The files that the steps of all tests start from. */
export const tree: Record<string, Step> = {
  'write a file': (call) => call('writeFileUtf8', 'f', 'hello', 0o1101, 0o666),
  'read it': (call) => readAll(call, 'f'),
  'make a directory': (call) => call('mkdir', 'd', 0o777, false),
  'and one in it': (call) => call('mkdir', 'd/e', 0o755, false),
  'link to nothing': (call) => call('symlink', 'nowhere', 'dangling', 0),
  'link to a file': (call) => call('symlink', 'f', 'l', 0),
  'link to a directory': (call) => call('symlink', 'd', 'ld', 0),
  'link to the root': (call) => call('symlink', '/', 'lr', 0),
  'link to itself': (call) => call('symlink', 'loop', 'loop', 0),
};

/** Makes the tree and takes these steps, on both bindings, before the tests; a step that fails fails the file. */
export function prepare(...steps: Step[]): void {
  for (const binding of [ours, real])
    for (const step of [...Object.values(tree), ...steps]) take(binding, step);
}

/** A test for every step, in order, each on what the ones before left: both bindings must answer the same. */
export function asInNode(steps: Record<string, Step>): void {
  for (const [name, step] of Object.entries(steps))
    test(`as in Node, step by step: ${name}`, async () => {
      await assertSame(ours, real, (binding) => result(() => take(binding, step)));
    });
}
