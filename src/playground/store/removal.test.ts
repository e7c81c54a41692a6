import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, edited, program, watch } from './memory-browser.ts';

test('reset can be undone by a later page, and the undo as well', async () => {
  const { open } = browser();
  const before = open('a');
  before.set('programs', program, edited('mine'));
  const removal = await before.resetProgram(program);
  assert.equal(await before.get('programs', program), undefined);
  const store = open('b');
  assert.equal(await store.get('programs', program), undefined);
  store.set('programs', program, edited('anew'));
  const told = watch(store);
  const undo = await store.restore(removal ?? '');
  assert.deepEqual(await store.get('programs', program), edited('mine'));
  assert.ok(told.some(({ cause, key }) => cause === 'restored' && key === program));
  assert.ok(typeof undo === 'string');
  await store.restore(undo);
  assert.deepEqual(await store.get('programs', program), edited('anew'));
  assert.equal(await store.restore(removal ?? ''), false, 'once only');
});

test('a reset of nothing removes nothing', async () => {
  const store = browser().open('a');
  assert.equal(await store.resetProgram(program), undefined);
  assert.equal(await store.resetEverything(), undefined);
});

test('after a reset of everything a worse result is not united with the removed one', async () => {
  const store = browser().open('a');
  const result = (best: number) => ({ best, checks: 5, hints: 0, hasSeenSolution: false });
  store.set('exercises', 'a/b/c', result(5));
  await store.resetEverything();
  store.set('exercises', 'a/b/c', result(1));
  await store.flush();
  assert.deepEqual(await store.get('exercises', 'a/b/c'), result(1));
});

test('what is removed is thrown away after a day', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const { open, database } = browser();
  const store = open('a');
  store.set('programs', program, edited('mine'));
  const removal = (await store.resetPrograms()) ?? '';
  t.mock.timers.setTime(1_800_000_000_000 + 23 * 3_600_000);
  await store.tidy();
  assert.equal(database.stored.size, 2);
  t.mock.timers.setTime(1_800_000_000_000 + 25 * 3_600_000);
  await store.tidy();
  assert.equal(database.stored.size, 0);
  assert.equal(await store.restore(removal), false);
});
