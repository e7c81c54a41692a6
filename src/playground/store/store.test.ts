import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasKept } from './hint.ts';
import { browser, edited, memoryStorage, program, watch } from './memory-browser.ts';

test('what was set is there at once, and in the database after a flush', async () => {
  const { open, database, storage } = browser();
  const store = open('a');
  store.set('programs', program, edited('1'));
  assert.deepEqual(await store.get('programs', program), edited('1'));
  assert.equal(database.stored.size, 0);
  assert.equal(store.isSafe, true);
  await store.flush();
  assert.deepEqual(database.stored.get(`programs ${program}`)?.value, edited('1'));
  assert.deepEqual(Object.keys(storage), [], 'the journal is empty');
});

test('a page that goes away before the flush loses nothing', async () => {
  const { open, storage } = browser();
  open('a').set('programs', program, edited('typed'));
  const next = open('b');
  assert.deepEqual(await next.get('programs', program), edited('typed'));
  await next.flush();
  assert.deepEqual(Object.keys(storage), []);
});

test('who has gone already hears nothing', async () => {
  const { open, database } = browser();
  const store = open('a');
  const told: unknown[] = [];
  store.onChange((change) => told.push(change), AbortSignal.abort());
  store.onProblem((problem) => told.push(problem), AbortSignal.abort());
  store.set('programs', program, edited('1'));
  database.failure = new Error('broken');
  await store.flush();
  assert.deepEqual(told, []);
});

test('pages to come hear of what one tab wrote while another found nothing', async (t) => {
  const localStorage = memoryStorage();
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: localStorage });
  t.after(() => Reflect.deleteProperty(globalThis, 'localStorage'));
  const { open } = browser();
  const [one, other] = [open('a'), open('b')];
  one.set('programs', program, edited('1'));
  await other.tidy();
  await one.flush();
  assert.equal(hasKept(), true);
});

test('a damaged journal is nothing, and takes nothing with it', async () => {
  const { open, storage } = browser();
  storage.setItem('loopbook:journal:x', '[{"collection":"programs"');
  storage.setItem(
    'loopbook:journal:y',
    '[{"collection":"__proto__","key":"a","at":1,"by":"y"},{"collection":"chapters","key":"a/b","at":1,"by":"y","value":{"readAt":5}}]',
  );
  assert.deepEqual([...(await open('a').all('chapters'))], [['a/b', { readAt: 5 }]]);
});

test('of two tabs the last write to a program wins, and the other tab is told', async () => {
  const { open } = browser();
  const [one, other] = [open('a'), open('b')];
  const told = watch(one);
  one.set('programs', program, edited('first'));
  await one.flush();
  other.set('programs', program, edited('second'));
  await other.flush();
  assert.deepEqual(await one.get('programs', program), edited('second'));
  assert.deepEqual(told.at(-1), {
    collection: 'programs',
    key: program,
    value: edited('second'),
    cause: 'elsewhere',
  });
});

test('an earlier write that arrives later does not win, and its tab is told', async () => {
  const { open } = browser();
  const [one, other] = [open('a'), open('b')];
  one.set('programs', program, edited('earlier'));
  // Both in the same millisecond: the tab decides, and all agree on it.
  other.set('programs', program, edited('later'));
  const told = watch(one);
  await other.flush();
  await one.flush();
  assert.deepEqual(await one.get('programs', program), edited('later'));
  assert.deepEqual(await other.get('programs', program), edited('later'));
  assert.deepEqual(
    told.map(({ value }) => value),
    [edited('later')],
  );
});

test('results of two tabs are united: the best stays', async () => {
  const { open } = browser();
  const [one, other] = [open('a'), open('b')];
  one.set('exercises', 'a/b/c', { best: 3, checks: 5, hints: 0, hasSeenSolution: false });
  other.set('exercises', 'a/b/c', { best: 2, checks: 5, hints: 2, hasSeenSolution: false });
  await other.flush();
  await one.flush();
  const united = { best: 3, checks: 5, hints: 2, hasSeenSolution: false };
  assert.deepEqual(await one.get('exercises', 'a/b/c'), united);
  assert.deepEqual(await other.get('exercises', 'a/b/c'), united);
});

test('a full database is said, the page goes on, and the problem goes when there is room', async () => {
  const { open, database } = browser();
  const store = open('a');
  database.failure = new DOMException('no room', 'QuotaExceededError');
  store.set('programs', program, edited('kept'));
  await store.flush();
  assert.equal(store.problem?.code, 'full');
  assert.match(store.problem.message, /full/);
  assert.deepEqual(await store.get('programs', program), edited('kept'));
  database.failure = undefined;
  await store.flush();
  assert.equal(store.problem, undefined);
  assert.equal(database.stored.size, 1);
});

test('a program that is too large lasts until the page is closed, and that is said', async () => {
  const { open, database } = browser();
  const store = open('a');
  store.set('programs', program, edited('x'.repeat(1_000_001)));
  assert.equal(store.isSafe, false);
  await store.flush();
  assert.equal(store.problem?.code, 'too-large');
  assert.equal(database.stored.size, 0);
  store.set('programs', program, edited('short'));
  await store.flush();
  assert.equal(store.problem, undefined);
  assert.equal(store.isSafe, true);
});
