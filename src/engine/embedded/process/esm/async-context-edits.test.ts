import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { AsyncContextFrame } from '../async-context.ts';
import { asyncContextEdits } from './async-context-edits.ts';
import { applyEdits, compareEdits } from './edits.ts';
import type { Parser } from './syntax-tree.ts';

// The parser of Node's own library, which tests reach with --expose-internals.
const parser = createRequire(import.meta.url)('internal/deps/acorn/acorn/dist/acorn') as Parser;
type Body = (context: AsyncContextFrame, pause: () => Promise<void>) => Promise<unknown>;

/** Runs the body of an async function that begins in the frame "start"; during `pause` others use the context. */
async function run(body: string): Promise<unknown> {
  const code = `(async (context, pause) => {${body}})`;
  const edits = asyncContextEdits(parser.parse(code, { ecmaVersion: 'latest' }), 'context');
  const evaluate: (code: string) => unknown = eval; // eslint-disable-line no-eval
  const start = evaluate(applyEdits(code, edits.toSorted(compareEdits))) as Body; // the text is such a function
  const context = new AsyncContextFrame(Proxy);
  context.set('start');
  const result = start(context, async () => {
    context.set('somebody else');
    await Promise.resolve();
    context.set('somebody else');
  });
  context.set('somebody else');
  return result;
}

test('a function goes on in the frame in which it stopped', async () => {
  assert.equal(await run('await pause(); return context.current'), 'somebody else');
  assert.equal(await run('await null; await null; return context.current'), 'start');
  assert.equal(await run('await (0, context.set("called")); return context.current'), 'called');
  assert.deepEqual(await run('const f = async (x) => [await x, context.current]; return await f(1)'), [
    1,
    'start',
  ]);
});

test('catch and finally go on in the frame of what they follow', async () => {
  const rejection = 'try { context.set("inner"); await Promise.reject(1) }';
  assert.equal(await run(`${rejection} catch { return context.current }`), 'inner');
  assert.equal(await run(`${rejection} finally { return context.current }`), 'inner');
  const thrown = 'try { await null; context.set("later"); throw 1 }';
  assert.equal(await run(`${thrown} catch { return context.current }`), 'later');
});

test('turns of for await go on in the frame in which the turn before ended', async () => {
  const turns = 'const seen = []; rows: for await (const row of [1, 2]) ';
  const note = 'seen.push(context.current); context.set(row)';
  const end = 'return [...seen, context.current]';
  assert.deepEqual(await run(`${turns} { ${note}; continue rows } ${end}`), ['start', 1, 2]);
  assert.deepEqual(await run(`${turns} { ${note}; break } ${end}`), ['start', 1]);
  assert.deepEqual(await run(`${turns} seen.push(context.current); ${end}`), ['start', 'start', 'start']);
});

test('what is awaited or returned has its `then` called in the frame', async () => {
  const thenable = 'const thenable = { then(resolve) { resolve(context.current) } };';
  assert.equal(await run(`${thenable} return await thenable`), 'start');
  assert.equal(await run(`${thenable} return thenable`), 'start');
  assert.equal(await run(`${thenable} return (async () => (0, thenable))()`), 'start');
  const failing = '({ get then() { throw new Error("no then") } })';
  await assert.rejects(run(`return await ${failing}`), /no then/);
});
