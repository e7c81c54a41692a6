import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { dumpNode } from '../build/node-dump.ts';
import { CommandLineError, parseCommandLine } from './command-line.ts';

const { facts } = dumpNode();

/** What real Node makes of the same arguments. */
function inRealNode(args: readonly string[], nodeOptions = ''): unknown {
  const script = `process.stdout.write(JSON.stringify({ execArgv: process.execArgv, argv: process.argv.slice(1) }))`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    args.map((arg) => (arg === 'SCRIPT' ? script : arg)),
    { encoding: 'utf8', env: { NODE_OPTIONS: nodeOptions }, input: '' },
  );
  const refusal = stderr.replace(process.execPath, 'node');
  return status === 0 ? (JSON.parse(stdout) as unknown) : { refusal, status };
}

function inOurs(args: readonly string[], nodeOptions = ''): unknown {
  try {
    const { execArgv, argv } = parseCommandLine(facts, 'node', args, nodeOptions);
    return { execArgv, argv };
  } catch (error) {
    assert.ok(error instanceof CommandLineError);
    return { refusal: error.message, status: error.exitCode };
  }
}

for (const [args, nodeOptions] of [
  [['--bad', 'x.js']],
  [['--require']],
  [['--require', '--eval']],
  [['--no-require', 'x.js']],
  [['--import=', 'x.js']],
  [['--unhandled-rejections=maybe', 'x.js']],
  [['--input-type=json', '-e', '1']],
  [['--test-isolation=some', '--test']],
  [['x.js'], '--expose-internals'],
  [['x.js'], '--bad'],
  [['x.js'], '--bad=1'],
  [['x.js'], '--test=1'],
  [['x.js'], '-pe 1'],
  [['x.js'], '--harmony'],
  [['x.js'], '--'],
  [['x.js'], '--title="a'],
  [['x.js'], '--title="a\\'],
] as const) {
  test(`node ${args.join(' ')} is refused${nodeOptions ? ` with NODE_OPTIONS=${nodeOptions}` : ''}`, () => {
    const expected = inRealNode(args, nodeOptions);
    assert.deepEqual(inOurs(args, nodeOptions), expected);
  });
}

for (const args of [
  ['--no-warnings', '--trace_warnings', '-e', 'SCRIPT', 'one', '--two'],
  ['--conditions=a', '-C', 'b', '--eval=SCRIPT', '--', '--three'],
  ['--title', 'x', '-e', 'SCRIPT'],
]) {
  test(`node ${args.join(' ')}`, () => {
    const script = `process.stdout.write(JSON.stringify({ execArgv: process.execArgv, argv: process.argv.slice(1) }))`;
    const ours = args.map((arg) => arg.replace('SCRIPT', script));
    assert.deepEqual(inOurs(ours), inRealNode(ours));
  });
}

test('options have their values', () => {
  const { values } = parseCommandLine(
    facts,
    'node',
    ['--no-warnings', '-C', 'a', '--conditions=b', '--max-http-header-size=100', '-pe', '1+1'],
    '--title="two words" --require ./a.js',
  );
  assert.equal(values['--warnings'], false);
  assert.equal(values['--no-warnings'], true);
  assert.deepEqual(values['--conditions'], ['a', 'b']);
  assert.equal(values['--max-http-header-size'], 100);
  assert.equal(values['--print'], true);
  assert.equal(values['--eval'], '1+1');
  assert.equal(values['[has_eval_string]'], true);
  assert.equal(values['--title'], 'two words');
  assert.deepEqual(values['--require'], ['./a.js']);
});
