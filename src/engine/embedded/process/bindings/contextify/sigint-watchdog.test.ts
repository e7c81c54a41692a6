import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SigintWatchdog } from './sigint-watchdog.ts';

test('the signal belongs to the innermost watch', () => {
  const watchdog = new SigintWatchdog();
  assert.equal(watchdog.take(), false);
  watchdog.start();
  watchdog.start();
  assert.equal(watchdog.hasPending, false);
  assert.equal(watchdog.take(), true);
  assert.equal(watchdog.hasPending, true);
  assert.equal(watchdog.stop(), true);
  assert.equal(watchdog.stop(), false);
  assert.equal(watchdog.stop(), false);
});
