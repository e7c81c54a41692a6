import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkCommand } from '../../checks/program.ts';
import { recordSeparator } from '../../checks/protocol.ts';
import { EngineError } from '../../engine/engine.ts';
import type { Program } from '../../engine/engine.ts';
import type { Engines } from '../../engine/index.ts';
import { FakeRun } from '../run/fake-run.ts';
import { RunQueue } from '../run/run-queue.ts';
import { CheckRun } from './check-run.ts';
import type { CheckRunHost } from './check-run.ts';

const answer = {
  files: { 'main.mjs': '' },
  env: { A: 'b' },
  packages: ['zod'],
  checks: "test('One', () => {});",
};
const line = (record: unknown) => `${recordSeparator}${JSON.stringify(record)}\n`;
const begin = (name: string) => line({ kind: 'begin', name });
const result = (name: string) => line({ kind: 'check', name, passed: true });
const end = (count: number) => line({ kind: 'end', count });

/** Checks with an engine that starts `run`, or fails; `log` has what was told, `reported` waits for the next report. */
function setUp(run: FakeRun | Error, given: Partial<CheckRunHost> = {}) {
  const log: string[] = [];
  const programs: Program[] = [];
  let tell = () => {};
  const engines: Engines = {
    preference: 'auto',
    failure: undefined,
    retry() {},
    choose: () => ({ engine: 'embedded', canFallBack: false }),
    start(program) {
      programs.push(program);
      if (run instanceof Error) return Promise.reject(run);
      return Promise.resolve({ run, engine: 'embedded' });
    },
  };
  const checks = new CheckRun({
    title: 'The checks',
    queue: new RunQueue(),
    loadEngines: () => Promise.resolve(engines),
    onState(state) {
      if (state.name === 'failed') log.push(`failed: ${state.error.message}`);
      else log.push(state.name);
      tell();
    },
    onProgress: (results, running) => log.push(`${results.length} results, ${running ?? 'nothing'} runs`),
    onReport({ ending, results, printed, stderr }) {
      log.push(`${ending}: ${results.length} results, printed «${printed}», said «${stderr}»`);
      tell();
    },
    ...given,
  });
  /** Resolves once this was told. */
  const told = (text: string) =>
    new Promise<void>((resolve) => {
      tell = () => log.at(-1)?.startsWith(text) === true && resolve();
      tell();
    });
  return { checks, log, programs, told };
}

suite('the checks of an answer', () => {
  test('run as a program, and are told from what the answer prints', async () => {
    const run = new FakeRun();
    const { checks, log, programs, told } = setUp(run);
    checks.start(answer);
    await told('running');
    run.print(`mine\n${begin('One').slice(0, 9)}`);
    run.print(`${begin('One').slice(9)}${result('One')}`);
    run.print('a warning', 'stderr');
    run.print(end(1));
    run.end();
    await told('passed');
    assert.deepEqual(log.slice(-4), [
      'running',
      '1 results, nothing runs',
      'exited',
      'passed: 1 results, printed «mine\n», said «a warning»',
    ]);
    const [program] = programs;
    assert.deepEqual(program?.command, checkCommand);
    assert.deepEqual(program?.env, { A: 'b' });
    assert.deepEqual(program?.packages, ['zod']);
    assert.equal(program?.stdin, '');
    assert.match(program?.files['checks.mjs'] ?? '', /^import .*test\('One'/);
    checks.dispose();
  });

  test('are stopped by force when their time is over', async () => {
    const run = new FakeRun();
    const { checks, log, told } = setUp(run, { timeLimit: 0 });
    checks.start(answer);
    await told('timed-out');
    assert.deepEqual(run.kills, ['SIGINT', 'SIGKILL']);
    assert.equal(log.at(-1), 'timed-out: 0 results, printed «», said «»');
  });

  test('can be stopped, and their time ends with them', async () => {
    const run = new FakeRun();
    const { checks, log, told } = setUp(run);
    checks.start(answer);
    await told('running');
    checks.stop();
    await told('stopped:');
    assert.deepEqual(run.kills, ['SIGINT']);
    assert.equal(log.filter((entry) => entry.startsWith('stopped:')).length, 1);
    checks.dispose();
  });

  test('say which check ran when the answer ended the program', async () => {
    const run = new FakeRun();
    let running: string | undefined;
    const reported = Promise.withResolvers<void>();
    const { checks, told } = setUp(run, {
      onReport(report) {
        running = report.running;
        assert.equal(report.ending, 'unfinished');
        reported.resolve();
      },
    });
    checks.start(answer);
    await told('running');
    run.print(`${result('One')}${begin('Two')}`);
    run.end(3);
    await reported.promise;
    assert.equal(running, 'Two');
    checks.dispose();
  });

  test('an engine that fails is a state, not a report', async () => {
    const { checks, log, told } = setUp(new EngineError('embedded', 'blocked', 'The browser forbids it.'));
    checks.start(answer);
    await told('failed');
    assert.equal(log.at(-1), 'failed: The browser forbids it.');
    checks.dispose();
  });
});
