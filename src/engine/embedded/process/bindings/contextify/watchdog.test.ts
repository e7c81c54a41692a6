import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { applyEdits } from '../../esm/edits.ts';
import type { Parser } from '../../esm/syntax-tree.ts';
import { Watchdog, watchdogEdits } from './watchdog.ts';

// The parser of Node's own library, which tests reach with --expose-internals.
const parser = createRequire(import.meta.url)('internal/deps/acorn/acorn/dist/acorn') as Parser;

function watched(text: string): string {
  return applyEdits(text, watchdogEdits(parser.parse(text, { ecmaVersion: 'latest' }), 'tick'));
}

/** A clock that goes on by one at every look. */
function createClock(): () => number {
  let time = 0;
  return () => time++;
}

test('loops, functions and handlers ask for the time', () => {
  assert.equal(watched('while (a) b();'), 'while (a) {tick();b();}');
  assert.equal(watched('for (;;);'), 'for (;;){tick();;}');
  assert.equal(watched('do { a } while (b)'), 'do {tick(); a } while (b)');
  assert.equal(watched('function f() { "use strict"; g() }'), 'function f() { "use strict";;tick(); g() }');
  assert.equal(
    watched('try { a } catch { b } finally { c }'),
    'try { a } catch {tick(); b } finally {tick(); c }',
  );
});

test('a script that runs for too long ends, whatever it catches', () => {
  const watchdog = new Watchdog(createClock());
  const late = new Error('too late');
  // oxlint-disable-next-line typescript/no-implied-eval -- edited text is code
  const run = new Function('tick', watched('for (;;) try { for (;;); } catch {}')) as (
    tick: () => void,
  ) => void;
  assert.throws(
    () =>
      watchdog.limit(
        20,
        () => run(watchdog.tick),
        () => late,
      ),
    late,
  );
  assert.equal(watchdog.isWatching, false);
  assert.equal(watchdog.isTimeOver(late), true);
});

test('of two limits, the one that is over ends its own script', () => {
  const watchdog = new Watchdog(createClock());
  const spin = (): never => {
    for (;;) watchdog.tick();
  };
  const [outer, inner] = [new Error('outer'), new Error('inner')];
  const nest = (first: number, second: number): unknown =>
    watchdog.limit(
      first,
      () => watchdog.limit(second, spin, () => inner),
      () => outer,
    );
  assert.throws(() => nest(1000, 10), inner);
  assert.throws(() => nest(10, 1000), outer);
});

test('an error of the script stays what it is', () => {
  const error = new Error('own');
  const fail = (): never => {
    throw error;
  };
  assert.throws(() => new Watchdog(createClock()).limit(100, fail, () => new Error('late')), error);
});
