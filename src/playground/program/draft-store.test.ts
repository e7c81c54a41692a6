import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../store/store.ts';
import { Draft } from './draft.ts';
import { browser, id, openDraft, source, watch } from './sample-draft.ts';

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
