import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from './draft.ts';
import type { DraftSource } from './draft.ts';
import type { Database } from '../store/database.ts';
import { idOf, mergeEntries } from '../store/entry.ts';
import type { Entry } from '../store/entry.ts';
import { Journal } from '../store/journal.ts';
import { Store } from '../store/store.ts';

const id = 'files/streams/copy';
const source: DraftSource = {
  id,
  original: {
    files: { 'main.mjs': 'main', 'lib.mjs': 'lib', 'data.txt': 'data' },
    entry: 'main.mjs',
    args: ['--all'],
    env: { MODE: 'test' },
    stdin: 'typed',
  },
  readOnly: new Set(['data.txt']),
};

class MemoryDatabase implements Database {
  readonly #stored = new Map<string, Entry>();

  async read(collection: string, key: string): Promise<Entry | undefined> {
    return this.#stored.get(`${collection} ${key}`);
  }

  async readAll(collection: string): Promise<Entry[]> {
    return [...this.#stored.values()].filter((entry) => entry.collection === collection);
  }

  async merge(entries: readonly Entry[]): Promise<Entry[]> {
    return entries.map((entry) => {
      const before = this.#stored.get(idOf(entry));
      const merged = before ? mergeEntries(before, entry) : entry;
      this.#stored.set(idOf(entry), merged);
      return merged;
    });
  }

  async purge(): Promise<number> {
    return this.#stored.size;
  }

  close(): void {}
}

/** A browser whose tabs have a store each over one database. */
function browser(): (tab: string) => Store {
  const database = new MemoryDatabase();
  const tabs: Store[] = [];
  const noStorage = () => {
    throw new Error('blocked');
  };
  return (tab) => {
    const postMessage = (message: unknown) => {
      for (const other of tabs) if (other !== store) other.receive(structuredClone(message));
    };
    const store: Store = new Store({
      tab,
      database,
      journal: new Journal(noStorage, tab),
      channel: { postMessage },
    });
    tabs.push(store);
    return store;
  };
}

async function openDraft(store: Store, from = source): Promise<Draft> {
  const draft = new Draft(from, async () => store);
  await draft.ready;
  return draft;
}

function watch(draft: Draft): string[] {
  const origins: string[] = [];
  draft.onChange(({ origin }) => origins.push(origin), new AbortController().signal);
  return origins;
}

test('begins as the original, and keeps nothing', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  assert.deepEqual(draft.current, source.original);
  assert.equal(draft.isEdited, false);
  assert.equal((await store.all('programs')).size, 0);
});

test('every change is kept at once, and is there for the next page', async () => {
  const open = browser();
  const store = open('a');
  const draft = await openDraft(store);
  const origins = watch(draft);
  draft.setFile('main.mjs', 'mine');
  assert.deepEqual(await store.get('programs', id), { files: { 'main.mjs': 'mine' }, deleted: [] });
  draft.addFile('new.mjs', 'new');
  draft.renameFile('lib.mjs', 'sum.mjs');
  draft.setCommand({ args: ['a b'], env: {}, stdin: null, entry: 'sum.mjs' });
  assert.deepEqual(origins, ['here', 'here', 'here', 'here']);
  await store.flush();
  const { current } = await openDraft(open('b'));
  const { stdin, ...command } = { ...draft.current };
  assert.equal(stdin, undefined);
  assert.deepEqual(current, command);
  assert.deepEqual(current, {
    files: { 'main.mjs': 'mine', 'sum.mjs': 'lib', 'data.txt': 'data', 'new.mjs': 'new' },
    entry: 'sum.mjs',
    args: ['a b'],
    env: {},
  });
  assert.deepEqual(Object.keys(current.files), Object.keys(draft.current.files));
});

test('empty standard input is not none', async () => {
  const draft = await openDraft(browser()('a'));
  draft.setCommand({ stdin: '' });
  assert.equal(draft.current.stdin, '');
  draft.setCommand({ args: [] });
  assert.equal(draft.current.stdin, '');
  draft.setCommand({ stdin: null });
  assert.equal('stdin' in draft.current, false);
});

test('a change back to the original leaves nothing kept', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  draft.setFile('main.mjs', 'mine');
  draft.setFile('main.mjs', 'main');
  assert.equal(draft.isEdited, false);
  assert.equal(await store.get('programs', id), undefined);
  assert.equal((await store.all('removals')).size, 0);
});

test('what changes nothing is no change', async () => {
  const draft = await openDraft(browser()('a'));
  const origins = watch(draft);
  draft.setFile('main.mjs', 'main');
  draft.setFile('gone.mjs', 'x');
  draft.renameFile('lib.mjs', 'lib.mjs');
  draft.setCommand({ args: ['--all'] });
  assert.deepEqual(origins, []);
});

test('a deleted file comes back in its place, and is the entry again', async () => {
  const draft = await openDraft(browser()('a'));
  const putBack = draft.deleteFile('main.mjs');
  assert.deepEqual(Object.keys(draft.current.files), ['lib.mjs', 'data.txt']);
  assert.equal(draft.current.entry, 'lib.mjs');
  draft.addFile('new.mjs');
  assert.equal(putBack(), true);
  assert.deepEqual(Object.keys(draft.current.files), ['main.mjs', 'lib.mjs', 'data.txt', 'new.mjs']);
  assert.equal(draft.current.files['main.mjs'], 'main');
  assert.equal(draft.current.entry, 'main.mjs');
});

test('a deleted file does not replace another of its name', async () => {
  const draft = await openDraft(browser()('a'));
  const putBack = draft.deleteFile('lib.mjs');
  draft.addFile('lib.mjs', 'another');
  assert.equal(putBack(), false);
  assert.equal(draft.current.files['lib.mjs'], 'another');
});

test('the entry keeps its part under another name', async () => {
  const draft = await openDraft(browser()('a'));
  draft.renameFile('main.mjs', 'index.mjs');
  assert.equal(draft.current.entry, 'index.mjs');
  assert.deepEqual(Object.keys(draft.current.files), ['index.mjs', 'lib.mjs', 'data.txt']);
});

test('a file that is read only stays as it is, whatever is kept', async () => {
  const store = browser()('a');
  store.set('programs', id, { files: { 'data.txt': 'forged', 'lib.mjs': 'mine' }, deleted: ['data.txt'] });
  const draft = await openDraft(store);
  assert.equal(draft.current.files['data.txt'], 'data');
  assert.equal(draft.current.files['lib.mjs'], 'mine');
  assert.throws(() => draft.setFile('data.txt', ''), TypeError);
  assert.throws(() => draft.renameFile('data.txt', 'x.txt'), TypeError);
  assert.throws(() => draft.deleteFile('data.txt'), TypeError);
});

test('names that clash or leave the folder are refused', async () => {
  const draft = await openDraft(browser()('a'));
  for (const name of ['', 'main.mjs', '../up.mjs', '__proto__', 'main.mjs/x.mjs']) {
    assert.throws(() => draft.addFile(name), RangeError, name);
  }
  assert.throws(() => draft.renameFile('lib.mjs', 'main.mjs'), RangeError);
  assert.throws(() => draft.setCommand({ entry: 'gone.mjs' }), RangeError);
  assert.equal(draft.isEdited, false);
});

test('a reset can be undone, with the output', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  const output = { chunks: [], engine: 'embedded', at: 1, isCut: false, printedBy: 'x' } as const;
  store.set('outputs', id, output);
  draft.setFile('main.mjs', 'mine');
  draft.addFile('new.mjs', 'new');
  const edited = draft.current;
  const origins = watch(draft);
  const undo = await draft.reset();
  assert.deepEqual(draft.current, source.original);
  assert.equal(await store.get('programs', id), undefined);
  assert.equal(await store.get('outputs', id), undefined);
  await undo();
  assert.deepEqual(draft.current, edited);
  assert.ok(await store.get('programs', id));
  assert.deepEqual(await store.get('outputs', id), output);
  assert.deepEqual(origins, ['here', 'here']);
});

test('what is typed while a reset is under way stays', async () => {
  const open = browser();
  const store = open('a');
  const draft = await openDraft(store);
  draft.setFile('lib.mjs', 'mine');
  draft.onChange(() => {
    if (!draft.isEdited) queueMicrotask(() => draft.setFile('main.mjs', 'typed'));
  }, new AbortController().signal);
  await draft.reset();
  assert.equal(draft.current.files['main.mjs'], 'typed');
  await store.flush();
  const { current } = await openDraft(open('b'));
  assert.deepEqual(current.files, { ...source.original.files, 'main.mjs': 'typed' });
});

test('a reset before anything was read resets what is kept', async () => {
  const store = browser()('a');
  store.set('programs', id, { files: { 'main.mjs': 'mine' }, deleted: [] });
  const draft = new Draft(source, async () => store);
  const undo = await draft.reset();
  assert.equal(draft.isEdited, false);
  assert.equal(await store.get('programs', id), undefined);
  await undo();
  assert.equal(draft.current.files['main.mjs'], 'mine');
});

test('what another tab changes is followed', async () => {
  const open = browser();
  const [one, other] = [open('a'), open('b')];
  const [draft, follower] = [await openDraft(one), await openDraft(other)];
  const origins = watch(follower);
  draft.setFile('main.mjs', 'mine');
  await one.flush();
  assert.equal(follower.current.files['main.mjs'], 'mine');
  await (
    await draft.reset()
  )();
  await one.flush();
  assert.equal(follower.current.files['main.mjs'], 'mine');
  await other.resetPrograms();
  await other.flush();
  assert.equal(draft.isEdited, false);
  assert.equal(follower.isEdited, false);
  assert.deepEqual([...new Set(origins)], ['elsewhere']);
});

test('the reset of everything in this tab is followed', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  draft.setFile('main.mjs', 'mine');
  const removal = await store.resetEverything();
  assert.equal(draft.isEdited, false);
  await store.restore(removal ?? '');
  assert.equal(draft.current.files['main.mjs'], 'mine');
});

test('what is typed before the store is there comes on top of what is kept', async () => {
  const store = browser()('a');
  store.set('programs', id, { files: { 'lib.mjs': 'kept' }, deleted: [] });
  const draft = new Draft(source, async () => store);
  draft.setFile('main.mjs', 'm');
  draft.setFile('main.mjs', 'mine');
  assert.equal(draft.isSafe, false);
  await draft.ready;
  assert.deepEqual(draft.current.files, { ...source.original.files, 'lib.mjs': 'kept', 'main.mjs': 'mine' });
  assert.deepEqual(await store.get('programs', id), {
    files: { 'main.mjs': 'mine', 'lib.mjs': 'kept' },
    deleted: [],
  });
});

test('without the store it works in memory, and tries again at the next change', async () => {
  const store = browser()('a');
  let attempts = 0;
  const draft = new Draft(source, async () => {
    if (attempts++ === 0) throw new Error('offline');
    return store;
  });
  await draft.ready;
  assert.equal(draft.isSafe, true);
  const undo = await draft.reset();
  await undo();
  draft.setFile('main.mjs', 'mine');
  assert.equal(draft.current.files['main.mjs'], 'mine');
  await draft.ready;
  assert.deepEqual(await store.get('programs', id), { files: { 'main.mjs': 'mine' }, deleted: [] });
});

test('it becomes another program, and leaves the former one alone', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  draft.setFile('main.mjs', 'mine');
  const origins = watch(draft);
  store.set('programs', 'play/1', { files: { 'a.js': 'kept' }, deleted: [] });
  const original = { files: { 'a.js': '' }, entry: 'a.js', args: [], env: {} };
  await draft.adopt({ id: 'play/1', original, readOnly: new Set() });
  assert.deepEqual(origins, ['here', 'elsewhere']);
  assert.deepEqual(draft.current, { ...original, files: { 'a.js': 'kept' } });
  await store.resetProgram(id);
  assert.equal(draft.current.files['a.js'], 'kept');
});

test('what was typed before the store is there is kept of a program that has gone', async () => {
  for (const leave of [
    (draft: Draft) => draft.dispose(),
    (draft: Draft) => void draft.adopt({ ...source, id: 'play/1' }),
  ]) {
    const store = browser()('a');
    store.set('programs', id, { files: { 'lib.mjs': 'kept' }, deleted: [] });
    const opened = Promise.withResolvers<Store>();
    const draft = new Draft(source, () => opened.promise);
    const { ready } = draft;
    draft.setFile('main.mjs', 'mine');
    leave(draft);
    opened.resolve(store);
    await ready;
    assert.deepEqual(await store.get('programs', id), {
      files: { 'main.mjs': 'mine', 'lib.mjs': 'kept' },
      deleted: [],
    });
    assert.equal(await store.get('programs', 'play/1'), undefined);
  }
});

test('a file that was deleted in one program does not come back in another', async () => {
  const draft = await openDraft(browser()('a'));
  const putBack = draft.deleteFile('lib.mjs');
  const original = { files: { 'a.js': '' }, entry: 'a.js', args: [], env: {} };
  await draft.adopt({ id: 'play/1', original, readOnly: new Set() });
  assert.equal(putBack(), false);
  assert.deepEqual(draft.current, original);
});

test('after its end it hears nothing', async () => {
  const open = browser();
  const [one, other] = [open('a'), open('b')];
  const [draft, gone] = [await openDraft(one), await openDraft(other)];
  const origins = watch(gone);
  gone.dispose();
  draft.setFile('main.mjs', 'mine');
  await one.flush();
  assert.deepEqual(origins, []);
});
