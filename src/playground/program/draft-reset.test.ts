import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from './draft.ts';
import { browser, id, openDraft, source, watch } from './sample-draft.ts';

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

test('a reset while another one is undone has the last word', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  draft.setFile('main.mjs', 'mine');
  const undo = await draft.reset();
  const undoing = undo();
  await draft.reset();
  await undoing;
  assert.deepEqual(draft.current, source.original);
  assert.equal(await store.get('programs', id), undefined);
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

test('the reset of everything in this tab is followed', async () => {
  const store = browser()('a');
  const draft = await openDraft(store);
  draft.setFile('main.mjs', 'mine');
  const removal = await store.resetEverything();
  assert.equal(draft.isEdited, false);
  await store.restore(removal ?? '');
  assert.equal(draft.current.files['main.mjs'], 'mine');
});
