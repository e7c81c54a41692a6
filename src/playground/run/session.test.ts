import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EngineError } from '../../engine/engine.ts';
import type { Program, Run } from '../../engine/engine.ts';
import type { Engines, StartProgramOptions } from '../../engine/index.ts';
import { FakeRun } from './fake-run.ts';
import { RunQueue } from './run-queue.ts';
import { Session } from './session.ts';
import type { SessionHost } from './session.ts';

const program: Program = { files: { 'main.mjs': '' }, packages: [], command: ['node', 'main.mjs'], env: {} };

/** A session with engines that wait for the test; `log` has what the host was told. */
function setUp(given: Partial<SessionHost> = {}) {
  const log: string[] = [];
  const starts: { options: StartProgramOptions; begin: (run: Run) => void; fail: (error: Error) => void }[] =
    [];
  const engines: Engines = {
    preference: 'auto',
    failure: undefined,
    retry() {},
    choose: () => ({ engine: 'webcontainer', canFallBack: true }),
    start(_, options = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Engines['start']>>>();
      starts.push({ options, begin: (run) => resolve({ run, engine: 'webcontainer' }), fail: reject });
      return promise;
    },
  };
  const session = new Session({
    title: 'A program',
    queue: new RunQueue(),
    prepare: (wanted) => Promise.resolve(wanted),
    loadEngines: () => Promise.resolve(engines),
    onState(state) {
      if (state.name === 'booting') log.push(`booting: ${state.message}`);
      else if (state.name === 'exited') log.push(`exited ${state.code}`);
      else if (state.name === 'failed') log.push(`failed: ${state.error.message}`);
      else if (state.name === 'running' && state.isStopping) log.push('stopping');
      else if (state.name === 'waiting') log.push(`waits for ${state.ahead.title}`);
      else log.push(state.name);
    },
    onStarted: ({ engine }) => log.push(`started in ${engine}`),
    onOutput: ({ text }) => log.push(`printed ${text}`),
    onServer: (port) => log.push(`listens on ${port}`),
    onServerClosed: (port) => log.push(`closed ${port}`),
    onInputWanted: () => log.push('wants input'),
    ...given,
  });
  return { session, log, starts, engines };
}

/** Lets every promise that can settle do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

suite('Session', () => {
  test('goes from idle through booting and running to the exit code', async () => {
    const { session, log, starts } = setUp();
    assert.equal(session.state.name, 'idle');
    const run = new FakeRun();
    const done = session.start(program, 'any');
    await settle();
    starts[0]?.options.onProgress?.({ message: 'Still starting.' });
    starts[0]?.begin(run);
    await settle();
    run.print('one');
    run.end(3);
    await done;
    assert.deepEqual(log, [
      'booting: Getting ready.',
      'booting: Starting WebContainer.',
      'booting: Still starting.',
      'started in webcontainer',
      'running',
      'printed one',
      'exited 3',
    ]);
  });

  test('stops a program gently, then by force', async () => {
    const { session, log, starts } = setUp();
    const run = new FakeRun();
    // This one does not end when it is asked to.
    run.kill = (signal) => {
      run.kills.push(signal);
      if (signal === 'SIGKILL') run.end(137);
      return run.exit.then(() => {});
    };
    const done = session.start(program, 'any');
    await settle();
    starts[0]?.begin(run);
    await settle();
    const asked = session.stop();
    await settle();
    assert.equal(log.at(-1), 'stopping');
    await Promise.all([asked, session.stop(), done]);
    assert.deepEqual(run.kills, ['SIGINT', 'SIGKILL']);
    assert.equal(log.at(-1), 'stopped');
    assert.equal(log.filter((line) => line === 'stopped').length, 1);
  });

  test('stops while it boots, and kills what starts late', async () => {
    const { session, log, starts } = setUp();
    const run = new FakeRun();
    const done = session.start(program, 'any');
    await settle();
    await session.stop();
    assert.equal(starts[0]?.options.signal?.aborted, true);
    assert.equal(log.at(-1), 'stopped');
    void session.start(program, 'any'); // Its end is not what this test is about.
    await settle();
    starts[0]?.begin(run);
    await done;
    assert.deepEqual(run.kills, ['SIGKILL']);
    assert.equal(session.state.name, 'booting');
  });

  test('stays stopped when it was stopped before the engines were loaded', async () => {
    const loading = Promise.withResolvers<Engines>();
    const { engines, starts } = setUp();
    const { session, log } = setUp({ loadEngines: () => loading.promise });
    const done = session.start(program, 'any');
    await settle();
    await session.stop();
    loading.resolve(engines);
    await done;
    assert.deepEqual(log, ['booting: Getting ready.', 'stopped']);
    assert.equal(starts.length, 0);
  });

  test('a second start ends the first, whose late output is ignored', async () => {
    const { session, log, starts } = setUp();
    const [first, second] = [new FakeRun(), new FakeRun()];
    first.kill = (signal) => {
      first.kills.push(signal);
      return Promise.resolve();
    };
    const firstDone = session.start(program, 'any');
    await settle();
    starts[0]?.begin(first);
    await settle();
    const secondDone = session.start(program, 'any');
    await settle();
    starts[1]?.begin(second);
    await settle();
    first.print('late');
    first.end(0);
    await firstDone;
    assert.equal(session.state.name, 'running');
    second.print('new');
    second.end(0);
    await secondDone;
    assert.deepEqual(first.kills, ['SIGKILL']);
    assert.deepEqual(
      log.filter((line) => /^printed|^exited/.test(line)),
      ['printed new', 'exited 0'],
    );
  });

  test('an engine that fails is a state with its error', async () => {
    const { session, log, starts } = setUp();
    const done = session.start(program, 'any');
    await settle();
    starts[0]?.fail(new EngineError('embedded', 'unreachable', 'It could not be loaded.'));
    await done;
    assert.equal(log.at(-1), 'failed: It could not be loaded.');
  });

  test('an engine that crashes while a program runs is such a state, too', async () => {
    const { session, log, starts } = setUp();
    const run = new FakeRun();
    const done = session.start(program, 'any');
    await settle();
    starts[0]?.begin(run);
    await settle();
    run.fail(new EngineError('embedded', 'crashed', 'It crashed.'));
    await done;
    assert.equal(log.at(-1), 'failed: It crashed.');
  });

  test('engines that cannot be loaded fail the start', async () => {
    const { session, log } = setUp({ loadEngines: () => Promise.reject(new TypeError('offline')) });
    await session.start(program, 'any');
    assert.deepEqual(log, ['booting: Getting ready.', 'failed: offline']);
  });

  test('starts nothing when the page reloads to be isolated', async () => {
    const { session, log, starts } = setUp({ prepare: () => Promise.resolve('reloading') });
    await session.start(program, 'any');
    assert.equal(starts.length, 0);
    assert.deepEqual(log, ['booting: Getting ready.']);
  });

  test('the reader can stop waiting for WebContainer', async () => {
    const { session, starts } = setUp();
    const done = session.start(program, 'any');
    await settle();
    session.useEmbeddedNow();
    assert.equal(starts[0]?.options.embeddedNow?.aborted, true);
    assert.equal(starts[0].options.signal?.aborted, false);
    starts[0].fail(new Error('the end of this test'));
    await done;
  });

  test('reset kills what runs and is idle', async () => {
    const { session, log, starts } = setUp();
    const run = new FakeRun();
    const done = session.start(program, 'any');
    await settle();
    starts[0]?.begin(run);
    await settle();
    session.reset();
    await done;
    assert.deepEqual(run.kills, ['SIGKILL']);
    assert.equal(log.at(-1), 'idle');
  });

  test('waits for the program that runs, and a server of it lets others run', async () => {
    const queue = new RunQueue();
    const first = setUp({ queue, title: 'First' });
    const second = setUp({ queue, title: 'Second' });
    void first.session.start(program, 'any');
    await settle();
    const server = new FakeRun();
    first.starts[0]?.begin(server);
    await settle();
    void second.session.start(program, 'any');
    await settle();
    assert.deepEqual(second.log, ['booting: Getting ready.', 'waits for First']);
    assert.equal(second.starts.length, 0);
    first.starts[0]?.options.onServer?.(3000);
    await settle();
    assert.deepEqual(first.log.slice(-2), ['running', 'listens on 3000']);
    assert.deepEqual(second.log.slice(2), ['booting: Getting ready.', 'booting: Starting WebContainer.']);
    assert.equal(queue.serverOn(3000)?.title, 'First');
    server.end(0);
    await settle();
    assert.equal(queue.serverOn(3000), undefined);
  });

  test('can be stopped while it waits, and then never starts', async () => {
    const queue = new RunQueue();
    const turn = await queue.enter(
      { title: 'x', stop: () => Promise.resolve() },
      new AbortController().signal,
      () => {},
    );
    const { session, log, starts } = setUp({ queue });
    const done = session.start(program, 'any');
    await settle();
    await session.stop();
    turn.leave();
    await done;
    assert.deepEqual(log, ['booting: Getting ready.', 'waits for x', 'stopped']);
    assert.equal(starts.length, 0);
  });

  test('types into the program that runs, and ends its input', async () => {
    const { session, starts } = setUp();
    session.type('too early');
    const done = session.start(program, 'any');
    await settle();
    const typed: string[] = [];
    const run = new FakeRun();
    const stdin = new WritableStream<string>({
      write: (text) => void typed.push(text),
      close: () => void typed.push('<end>'),
    });
    starts[0]?.begin(Object.assign(run, { stdin }));
    await settle();
    session.type('one\n');
    session.endInput();
    session.type('after the end');
    await settle();
    run.end(0);
    await done;
    session.type('too late');
    assert.deepEqual(typed, ['one\n', '<end>']);
  });
});
