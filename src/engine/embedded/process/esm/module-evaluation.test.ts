import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EvaluatedModule, type Executable } from './module-evaluation.ts';

class TestModule extends EvaluatedModule {
  readonly body: Executable;
  linked: readonly TestModule[] = [];

  constructor(body: Executable) {
    super();
    this.body = body;
  }
}

/** Modules that log their names; `awaits` says after how many turns one ends. */
function graph(log: string[]) {
  const sync = (name: string, linked: TestModule[] = []): TestModule => {
    const module = new TestModule({ hasTopLevelAwait: false, run: () => void log.push(name) });
    module.linked = linked;
    return module;
  };
  const awaiting = (name: string, turns: number, linked: TestModule[] = []): TestModule => {
    const run = async (): Promise<void> => {
      log.push(name);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      log.push(`${name} ends`);
    };
    const module = new TestModule({ hasTopLevelAwait: true, run });
    module.linked = linked;
    return module;
  };
  return { sync, awaiting };
}

test('each module runs once, dependencies first, cycles included', async () => {
  const log: string[] = [];
  const { sync } = graph(log);
  const leaf = sync('leaf');
  const one = sync('one', [leaf]);
  const two = sync('two', [one, leaf]);
  one.linked = [leaf, two];
  const main = sync('main', [one, two]);
  await main.evaluate();
  assert.deepEqual(log, ['leaf', 'two', 'one', 'main']);
  assert.equal(main.stage, 'evaluated');
  assert.equal(main.evaluate(), main.evaluate());
});

test('siblings do not wait for one another, and parents run in order as soon as they can', async () => {
  const log: string[] = [];
  const { sync, awaiting } = graph(log);
  const slow = awaiting('slow', 3);
  const quick = awaiting('quick', 1);
  const main = sync('main', [sync('above slow', [slow]), sync('above quick', [quick]), sync('plain')]);
  const evaluation = main.evaluate();
  assert.equal(main.stage, 'evaluating-async');
  await evaluation;
  assert.deepEqual(log, [
    'slow',
    'quick',
    'plain',
    'quick ends',
    'above quick',
    'slow ends',
    'above slow',
    'main',
  ]);
});

test('an error reaches all who wait for the module, at once and later', async () => {
  const log: string[] = [];
  const { sync } = graph(log);
  const run = async (): Promise<void> => {
    await Promise.resolve();
    throw new Error('fails');
  };
  const failing = new TestModule({ hasTopLevelAwait: true, run });
  const main = sync('main', [failing]);
  await assert.rejects(main.evaluate(), { message: 'fails' });
  await assert.rejects(sync('other', [main]).evaluate(), { message: 'fails' });
  assert.deepEqual(log, []);
  assert.ok(main.failure);
});
