import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { TerminalOutput } from './terminal-output.ts';
import { TWO_PIPES } from './two-pipes.ts';

/** Each is run as it is, and with the preload: both must print the same, on the same streams. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'both streams by turns.cjs': `console.log('one'); console.error('two'); console.log('three'); console.error('four');`,
  'text without a newline.cjs': `process.stdout.write('a'); process.stderr.write('b'); process.stdout.write('c');`,
  'bytes and encodings.cjs': `process.stdout.write(Buffer.from('é\\n')); process.stdout.write('63c3a90a', 'hex'); process.stdout.write('é', 'utf16le');`,
  'a chunk is done when its callback says so.cjs': `process.stdout.write('1\\n', () => process.stdout.write('3\\n')); console.log('2');`,
  'corked.cjs': `process.stdout.cork(); process.stdout.write('a'); process.stdout.write('b\\n'); process.stdout.uncork();`,
  'write replaced by the program.cjs': `const { write } = process.stdout; const seen = [];
    process.stdout.write = function (chunk, ...rest) { seen.push(chunk); return write.call(this, chunk, ...rest); };
    console.log('hello'); process.stdout.write = write; console.log(JSON.stringify(seen));`,
  'order of ticks in CommonJS.cjs': `setImmediate(() => console.log('immediate')); setTimeout(() => {}, 0);
    Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick')); console.log('main');`,
  'order of ticks in a module.mjs': `Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick'));
    await null; console.log('after await');`,
  'a throw.cjs': `console.log('before'); throw new Error('broken');`,
  'a throw in a module.mjs': `console.log('before'); throw new TypeError('broken');`,
  'an unhandled rejection.cjs': `Promise.reject(new Error('unhandled'));`,
  'a syntax error.cjs': `console.log('never'`,
  'a syntax error in a module.mjs': `const a = ;`,
  'a module that is missing.cjs': `require('./missing.cjs');`,
  'a module that is missing.mjs': `import './missing.mjs';`,
  'a handled exception.cjs': `process.on('uncaughtException', (error) => console.log('handled', error.message)); throw new Error('x');`,
  'an exit code.cjs': `process.on('exit', (code) => console.log('exit', code)); process.exit(3);`,
  'an exit in the middle of output.cjs': `console.log('x'.repeat(100_000)); process.exitCode = 5;`,
  'top-level await that never settles.mjs': `console.log('waiting'); await new Promise(() => {});`,
  'a warning.cjs': `process.emitWarning('take care', { code: 'CARE' });`,
  'a trace of the preload.cjs': `console.log(process.execArgv, process.argv.length, Object.keys(require.cache).length, module.children.length);
    console.log(Object.keys(process).includes('stdout'), process.stdout.isTTY, process.stdin.isTTY);`,
  'a program that never prints.cjs': `setTimeout(() => {}, 1);`,
  'standard input.mjs': `for await (const chunk of process.stdin.setEncoding('utf8')) process.stdout.write(chunk.toUpperCase());`,
  'a worker.cjs': `const { Worker, isMainThread } = require('node:worker_threads');
    if (isMainThread) new Worker(__filename); else { console.log('in the worker', process.execArgv); console.error('and its stderr'); }`,
  'a stack.cjs': `console.log(new Error('here').stack.split('\\n').slice(0, 2).join('\\n'));`,
  'a promise of an operation number.cjs': `console.log(require('node:async_hooks').executionAsyncId(), require('node:async_hooks').triggerAsyncId());`,
};

let directory = '';

async function run(
  script: string,
  args: readonly string[],
): Promise<{ code: number; pipes: [string, string] }> {
  const child = spawn(process.execPath, [...args, script], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', NODE_TEST_CONTEXT: undefined },
  });
  child.stdin.on('error', () => {}).end('typed\n');
  const closed = once(child, 'close');
  const pipes = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number];
  return { code, pipes };
}

/** Two descriptors, one pipe: what a terminal shows. */
async function runMerged(script: string, args: readonly string[]): Promise<string> {
  const shell = ['-c', 'exec "$@" 2>&1', 'sh', process.execPath, ...args, script];
  const child = spawn('/bin/sh', shell, {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', NODE_TEST_CONTEXT: undefined },
  });
  child.stdin.on('error', () => {}).end('typed\n');
  return text(child.stdout);
}

function withoutPids(output: string): string {
  return output.replace(/\(node:\d+\)/g, '(node:<pid>)');
}

describe('the preload that marks the streams', () => {
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'two-pipes-'));
    await writeFile(join(directory, 'two-pipes.cjs'), TWO_PIPES);
    for (const [name, code] of Object.entries(PROGRAMS)) await writeFile(join(directory, name), code);
  });
  after(() => rm(directory, { recursive: true }));

  const preload = ['--require', './two-pipes.cjs'];
  for (const name of Object.keys(PROGRAMS)) {
    it(`changes nothing and tells the streams apart: ${name}`, async () => {
      const [plain, marked, plainMerged, markedMerged] = await Promise.all([
        run(name, []),
        run(name, preload),
        runMerged(name, []),
        runMerged(name, preload),
      ]);
      const terminal = new TerminalOutput('/nowhere');
      const chunks = [...terminal.push(markedMerged), ...terminal.end()];
      const printedTo = (...streams: string[]) =>
        withoutPids(chunks.map((chunk) => (streams.includes(chunk.stream) ? chunk.text : '')).join(''));

      assert.equal(marked.code, plain.code);
      assert.equal(printedTo('stdout', 'stderr', 'both'), withoutPids(plainMerged));
      assert.equal(printedTo('stdout'), plain.pipes[0]);
      assert.equal(printedTo('stderr', 'both'), withoutPids(plain.pipes[1]));
      // The one text that nothing announces.
      assert.equal(printedTo('both') !== '', name.startsWith('top-level await that never settles'));
    });
  }
});
