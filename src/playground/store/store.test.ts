import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportArchive, importArchive } from './archive.ts';
import type { Database } from './database.ts';
import { idOf, mergeEntries } from './entry.ts';
import type { Entry } from './entry.ts';
import { hasKept } from './hint.ts';
import { Journal } from './journal.ts';
import { Store } from './store.ts';
import type { Change } from './write-behind.ts';

const program = 'files/streams/copy';
const edited = (text: string) => ({ files: { 'main.js': text }, deleted: [] });

class MemoryDatabase implements Database {
  readonly stored = new Map<string, Entry>();
  /** What every use throws, as a browser does. */
  failure: Error | undefined;

  async read(collection: string, key: string): Promise<Entry | undefined> {
    this.#check();
    return this.stored.get(`${collection} ${key}`);
  }

  async readAll(collection: string): Promise<Entry[]> {
    this.#check();
    return [...this.stored.values()].filter((entry) => entry.collection === collection);
  }

  async merge(entries: readonly Entry[]): Promise<Entry[]> {
    this.#check();
    return entries.map((entry) => {
      const before = this.stored.get(idOf(entry));
      const merged = before ? mergeEntries(before, entry) : entry;
      this.stored.set(idOf(entry), merged);
      return merged;
    });
  }

  async purge(now: number): Promise<number> {
    this.#check();
    for (const [id, { expires }] of this.stored) if ((expires ?? Infinity) <= now) this.stored.delete(id);
    return this.stored.size;
  }

  close(): void {}

  #check(): void {
    if (this.failure) throw this.failure;
  }
}

/** A `Storage` is an object whose own properties are its items; the methods belong to its prototype. */
function memoryStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  // True enough: a journal uses no more of it.
  return Object.create(methods) as Storage;
}

function browser() {
  const database = new MemoryDatabase();
  const storage = memoryStorage();
  const stores: Store[] = [];
  const open = (tab: string): Store => {
    const store: Store = new Store({
      tab,
      database,
      journal: new Journal(() => storage, tab),
      channel: {
        postMessage: (message) => {
          for (const other of stores) if (other !== store) other.receive(structuredClone(message));
        },
      },
    });
    stores.push(store);
    return store;
  };
  return { database, storage, open };
}

function watch(store: Store): Change[] {
  const changes: Change[] = [];
  store.onChange((change) => changes.push(change), new AbortController().signal);
  return changes;
}

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

test('what one browser exports another imports, and the import can be undone', async () => {
  const [from, to] = [browser().open('a'), browser().open('b')];
  from.set('programs', program, edited('there'));
  from.set('chapters', 'files/streams', { readAt: 5 });
  const file = new Blob([await exportArchive(from, new Date())]);
  const report = await importArchive(to, file);
  assert.deepEqual(
    { ...report, removal: '' },
    { added: 2, changed: 0, unchanged: 0, skipped: 0, removal: '' },
  );
  assert.deepEqual(await to.get('programs', program), edited('there'));
  assert.deepEqual(await importArchive(to, file), { added: 0, changed: 0, unchanged: 2, skipped: 0 });
  await to.restore(report.removal ?? '');
  assert.equal(await to.get('programs', program), undefined);
});

test('an import keeps what is newer here and replaces what is older', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const [from, to] = [browser().open('a'), browser().open('b')];
  to.set('programs', 'a/b/older', edited('here'));
  t.mock.timers.tick(1000);
  from.set('programs', 'a/b/older', edited('file'));
  from.set('programs', 'a/b/newer', edited('file'));
  t.mock.timers.tick(1000);
  to.set('programs', 'a/b/newer', edited('here'));
  const report = await importArchive(to, new Blob([await exportArchive(from, new Date())]));
  assert.deepEqual([report.changed, report.unchanged], [1, 1]);
  assert.deepEqual(await to.get('programs', 'a/b/older'), edited('file'));
  assert.deepEqual(await to.get('programs', 'a/b/newer'), edited('here'));
  await to.restore(report.removal ?? '');
  assert.deepEqual(await to.get('programs', 'a/b/older'), edited('here'));
});
