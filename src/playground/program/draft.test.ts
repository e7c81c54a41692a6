import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, id, openDraft, source, watch } from './sample-draft.ts';

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

test('a file that was deleted in one program does not come back in another', async () => {
  const draft = await openDraft(browser()('a'));
  const putBack = draft.deleteFile('lib.mjs');
  const original = { files: { 'a.js': '' }, entry: 'a.js', args: [], env: {} };
  await draft.adopt({ id: 'play/1', original, readOnly: new Set() });
  assert.equal(putBack(), false);
  assert.deepEqual(draft.current, original);
});
