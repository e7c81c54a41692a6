import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RunQueue, type Entrant } from './run-queue.ts';

const program = (title: string): Entrant => ({ title, stop: () => Promise.resolve() });
const never = new AbortController().signal;
const nobody = (ahead: Entrant) => assert.fail(`waits for ${ahead.title}`);

/** Enters, and notes for whom it waited and when it began. */
function enter(queue: RunQueue, title: string, log: string[], signal = never) {
  const turn = queue.enter(program(title), signal, (ahead) => log.push(`${title} waits for ${ahead.title}`));
  return turn.then((begun) => {
    log.push(`${title} runs`);
    return begun;
  });
}

suite('the queue of programs', () => {
  test('lets one run at a time, in the order of asking', async () => {
    const queue = new RunQueue();
    const log: string[] = [];
    const first = await enter(queue, 'a', log);
    const second = enter(queue, 'b', log);
    const third = enter(queue, 'c', log);
    first.leave();
    (await second).leave();
    (await third).leave();
    assert.deepEqual(log, ['a runs', 'b waits for a', 'c waits for b', 'b runs', 'c runs']);
    await queue.enter(program('d'), never, nobody);
  });

  test('a server stays up while others run, and is known by its port', async () => {
    const queue = new RunQueue();
    const server = await queue.enter(program('server'), never, nobody);
    server.serve(3000);
    const client = await queue.enter(program('client'), never, nobody);
    assert.equal(queue.serverOn(3000)?.title, 'server');
    server.leave();
    assert.equal(queue.serverOn(3000), undefined);
    const log: string[] = [];
    const waiting = enter(queue, 'late', log);
    assert.deepEqual(log, ['late waits for client'], 'the end of the server is not the end of the client');
    client.leave();
    await waiting;
  });

  test('a port that is closed is nobody’s, and one that another took stays with it', async () => {
    const queue = new RunQueue();
    const first = await queue.enter(program('first'), never, nobody);
    first.serve(3000);
    first.unserve(3000);
    assert.equal(queue.serverOn(3000), undefined);
    const second = await queue.enter(program('second'), never, nobody);
    second.serve(3000);
    first.unserve(3000);
    first.leave();
    assert.equal(queue.serverOn(3000)?.title, 'second');
  });

  test('who does not want to wait any longer is out of the queue', async () => {
    const queue = new RunQueue();
    const log: string[] = [];
    const first = await enter(queue, 'a', log);
    const patience = new AbortController();
    const second = enter(queue, 'b', log, patience.signal);
    const third = enter(queue, 'c', log);
    const reason = new Error('enough');
    patience.abort(reason);
    await assert.rejects(second, reason);
    first.leave();
    first.leave();
    await third;
    assert.deepEqual(log, ['a runs', 'b waits for a', 'c waits for b', 'c runs']);
  });
});
