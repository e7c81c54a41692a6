import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { save } from './main.mjs';

const bytes = (...texts) => Readable.from(texts.map((text) => Buffer.from(text)));

async function* failing() {
  yield Buffer.from('half');
  throw new Error('the source failed');
}

const createFolder = () => mkdtemp('save-');

test('The whole content is in the file', async () => {
  const path = join(await createFolder(), 'note.txt');
  await save(path, bytes('buy ', 'tea'), 100);
  assert.equal(
    await readFile(path, 'utf8'),
    'buy tea',
    'All chunks belong in the file, in their order.',
  );
});

test('A source that fails leaves the old file as it was', async () => {
  const folder = await createFolder();
  const path = join(folder, 'note.txt');
  await writeFile(path, 'old');
  await assert.rejects(
    save(path, Readable.from(failing()), 100),
    'The source failed, so the promise has to be rejected.',
  );
  const old = await readFile(path, 'utf8').catch(() => 'nothing');
  assert.equal(
    old,
    'old',
    'The save failed, and the file that was there before is lost. Write to a name of your own, and rename at the end.',
  );
});

test('Too many bytes are refused', async () => {
  const path = join(await createFolder(), 'note.txt');
  await assert.rejects(
    save(path, bytes('1234', '5678'), 7),
    RangeError,
    'Eight bytes came, seven are allowed: reject with a RangeError.',
  );
});

test('As many bytes as allowed are accepted', async () => {
  const path = join(await createFolder(), 'note.txt');
  await save(path, bytes('1234', '567'), 7).catch(() => {});
  const saved = await readFile(path, 'utf8').catch(() => 'nothing');
  assert.equal(saved, '1234567', 'A limit of seven bytes allows seven.');
});

test('A source without end is stopped at the limit', async () => {
  const path = join(await createFolder(), 'note.txt');
  let taken = 0;
  function* chunks() {
    for (; taken < 1000; taken += 1) yield Buffer.alloc(100);
  }
  await save(path, Readable.from(chunks()), 500).catch(() => {});
  assert.ok(
    taken < 500,
    'The sixth chunk passed the limit, and the source was read on. Count while the chunks pass, and throw there.',
  );
});

test('A failure leaves nothing behind', async () => {
  const folder = await createFolder();
  await save(join(folder, 'note.txt'), bytes('12345678'), 7).catch(() => {});
  await save(join(folder, 'note.txt'), Readable.from(failing()), 100).catch(() => {});
  assert.deepEqual(
    await readdir(folder),
    [],
    'After a failure a file is left over that nobody asked for. Remove the temporary file in catch.',
  );
});

test('Two calls at the same time', async () => {
  const path = join(await createFolder(), 'note.txt');
  let halves = 0;
  const bothAreHalfWay = Promise.withResolvers();
  async function* twice(text) {
    yield Buffer.from(text);
    halves += 1;
    if (halves === 2) bothAreHalfWay.resolve();
    await bothAreHalfWay.promise;
    yield Buffer.from(text);
  }
  const saves = ['tea', 'cake'].map((text) => save(path, Readable.from(twice(text)), 100));
  const result = await Promise.all(saves).then(
    () => readFile(path, 'utf8'),
    () => 'an error',
  );
  assert.ok(
    ['teatea', 'cakecake'].includes(result),
    'Two calls at the same time disturbed each other. Give each temporary file a name of its own.',
  );
});
