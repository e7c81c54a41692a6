import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdit, editOf } from './program-edit.ts';
import type { EditableProgram } from './program-edit.ts';

const original: EditableProgram = {
  files: { 'main.js': 'main', 'lib.js': 'lib', 'data.txt': 'data' },
  entry: 'main.js',
  args: ['--all'],
  env: { MODE: 'test' },
  stdin: 'typed',
};

const changes: Readonly<Record<string, Partial<EditableProgram>>> = {
  'a changed file': { files: { ...original.files, 'lib.js': 'mine' } },
  'an added file': { files: { ...original.files, 'new.js': '' } },
  'an added file between others': {
    files: { 'main.js': 'main', 'new.js': 'new', 'lib.js': 'lib', 'data.txt': 'data' },
  },
  'a deleted file': { files: { 'main.js': 'main', 'data.txt': 'data' } },
  'a renamed file': { files: { 'main.js': 'main', 'other.js': 'lib', 'data.txt': 'data' } },
  'a renamed entry': { files: { 'index.js': 'main', 'lib.js': 'lib' }, entry: 'index.js' },
  'no arguments': { args: [] },
  'another environment': { env: { MODE: 'test', DEBUG: '' } },
  'empty standard input': { stdin: '' },
};

for (const [what, change] of Object.entries(changes)) {
  test(`${what} comes back as it was`, () => {
    const current = { ...original, ...change };
    const kept = editOf(original, current);
    assert.ok(kept);
    const back = applyEdit(original, kept);
    assert.deepEqual(back, current);
    assert.deepEqual(Object.keys(back.files), Object.keys(current.files), 'in the same order');
  });
}

test('no standard input comes back as none', () => {
  const { stdin, ...current } = original;
  assert.equal(stdin, 'typed');
  const kept = editOf(original, current);
  assert.equal(kept?.stdin, null);
  assert.deepEqual(applyEdit(original, kept), current);
});

test('of a program as it was written nothing is kept', () => {
  assert.equal(editOf(original, structuredClone(original)), undefined);
});

test('what the author changes later is new where the reader changed nothing', () => {
  const kept = editOf(original, { ...original, files: { ...original.files, 'main.js': 'mine' } });
  assert.ok(kept);
  const later = { ...original, files: { 'main.js': 'main 2', 'lib.js': 'lib 2', 'more.js': 'more' } };
  assert.deepEqual(applyEdit(later, kept).files, { 'main.js': 'mine', 'lib.js': 'lib 2', 'more.js': 'more' });
});

test('an entry that is gone is replaced by the first file', () => {
  const kept = { files: {}, deleted: [], entry: 'gone.js' };
  assert.equal(applyEdit(original, kept).entry, 'main.js');
});
