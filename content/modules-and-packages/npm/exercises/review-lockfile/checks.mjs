import assert from 'node:assert/strict';
import { test } from 'node:test';
import { review } from './main.mjs';

const lock = (packages) => ({ lockfileVersion: 3, packages: { '': { name: 'app' }, ...packages } });
const csv = { version: '1.2.0', integrity: 'sha512-csv' };
const dates1 = { version: '1.3.0', integrity: 'sha512-dates1' };
const dates2 = { version: '2.0.0', integrity: 'sha512-dates2' };

test('What is new', () => {
  assert.deepEqual(
    review(lock({}), lock({ 'node_modules/dates': dates2 })),
    ['+ node_modules/dates 2.0.0'],
    'A path that only the second lockfile has gets a line with +.',
  );
});

test('What is gone', () => {
  assert.deepEqual(
    review(lock({ 'node_modules/csv': csv }), lock({})),
    ['- node_modules/csv 1.2.0'],
    'A path that only the first lockfile has gets a line with -.',
  );
});

test('What has changed, and what has not', () => {
  const before = lock({ 'node_modules/csv': csv, 'node_modules/dates': dates1 });
  const after = lock({ 'node_modules/csv': csv, 'node_modules/dates': dates2 });
  assert.deepEqual(
    review(before, after),
    ['~ node_modules/dates 1.3.0 -> 2.0.0'],
    'Another version gets a line with ~ and both versions; an equal entry gets none.',
  );
});

test('Nested copies count for themselves', () => {
  const nested = 'node_modules/mailer/node_modules/dates';
  const before = lock({ 'node_modules/dates': dates1, [nested]: dates1 });
  const after = lock({ 'node_modules/dates': dates1, [nested]: dates2 });
  assert.deepEqual(
    review(before, after),
    [`~ ${nested} 1.3.0 -> 2.0.0`],
    'Two copies of dates are two paths, and only the nested one has changed. Compare whole paths, not names.',
  );
});

test('The same version with another hash is an alarm', () => {
  const before = lock({ 'node_modules/report': { version: '2.0.0', integrity: 'sha512-good' } });
  const after = lock({ 'node_modules/report': { version: '2.0.0', integrity: 'sha512-evil' } });
  assert.deepEqual(
    review(before, after),
    ['! node_modules/report 2.0.0'],
    'report 2.0.0 has another integrity than before, under the same version. That is the line to shout about.',
  );
});

test('A hash that is gone is an alarm too', () => {
  const before = lock({ 'node_modules/report': { version: '2.0.0', integrity: 'sha512-good' } });
  const after = lock({ 'node_modules/report': { version: '2.0.0' } });
  assert.deepEqual(
    review(before, after),
    ['! node_modules/report 2.0.0'],
    'report 2.0.0 had an integrity and has none now, so nothing would notice a swapped archive. This needs a line with ! too.',
  );
});

test('Sorted by path, without the project itself', () => {
  const before = { packages: { '': { version: '1.0.0' }, 'node_modules/csv': csv } };
  const after = { packages: { '': { version: '1.1.0' }, 'node_modules/zeta': dates1, 'node_modules/alpha': dates1 } };
  assert.deepEqual(
    review(before, after),
    ['+ node_modules/alpha 1.3.0', '- node_modules/csv 1.2.0', '+ node_modules/zeta 1.3.0'],
    'The lines are in the order of the paths, and the entry with the path "" is left out.',
  );
});
