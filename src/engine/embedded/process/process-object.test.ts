import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testRealm } from './bindings/oracle.ts';
import { createProcessObject } from './process-object.ts';
import type { NodeFacts } from './node-facts.ts';

function environment(options: Record<string, unknown>, warnings: unknown[][] = []): Record<string, unknown> {
  // Only these parts of the facts and of the process are read.
  const facts = { version: process.version, versions: {}, release: {} } as unknown as NodeFacts;
  const info = { ...testRealm().realm.info, options, env: { HOME: '/home/reader' } };
  const object = createProcessObject(facts, info, globalThis);
  object['emitWarning'] = (...values: unknown[]) => void warnings.push(values);
  // True: `process.env` is an object.
  return object['env'] as Record<string, unknown>;
}

const messageOf = (run: () => unknown): string => {
  try {
    run();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

void test('process.env refuses what the process.env of Node refuses, in the same words', () => {
  const symbol = Symbol('name');
  const attempts: ((env: object) => unknown)[] = [
    (env) => Reflect.set(env, symbol, 'x'),
    (env) => Reflect.set(env, 'LOOPBOOK', symbol),
    (env) => Object.defineProperty(env, 'LOOPBOOK', { value: 'x' }),
    (env) => Object.defineProperty(env, 'LOOPBOOK', { get: () => 'x' }),
    (env) => Object.defineProperty(env, 'LOOPBOOK', { enumerable: false }),
    (env) => Reflect.get(env, symbol),
    (env) => symbol in env,
  ];
  const ours = environment({});
  for (const attempt of attempts)
    assert.equal(
      messageOf(() => attempt(ours)),
      messageOf(() => attempt(process.env)),
    );
});

void test('process.env keeps strings, and warns once of odd values if deprecations are asked for', () => {
  const warnings: unknown[][] = [];
  const env = environment({ '--pending-deprecation': true }, warnings);
  env['COUNT'] = 5;
  env['NOTHING'] = undefined;
  env['NULL'] = null;
  assert.deepEqual(Object.entries(env), [
    ['HOME', '/home/reader'],
    ['COUNT', '5'],
    ['NOTHING', 'undefined'],
    ['NULL', 'null'],
  ]);
  assert.deepEqual(
    warnings.map(([, ...kind]) => kind),
    [['DeprecationWarning', 'DEP0104']],
  );
  assert.equal('toString' in env, true);
});
