import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { offerIn, takenPort } from './offers.ts';
import { RunQueue } from './run-queue.ts';
import type { Entrant } from './run-queue.ts';

const inUse = 'Error: listen EADDRINUSE: address already in use';

suite('the port that was taken', () => {
  for (const [what, printed, port] of [
    [
      'of every address',
      `node:events:496\n      throw er;\n\n${inUse} :::3000\n    at Server.listen\n`,
      3000,
    ],
    ['of one address', `${inUse} 127.0.0.1:8080\n`, 8080],
    ['on a terminal, whose lines end with a return', `${inUse} :::3000\r\n    at x\r\n`, 3000],
    ['no port but a path', `${inUse} /tmp/socket\n`, undefined],
    ['another error', 'Error: connect ECONNREFUSED 127.0.0.1:3000\n', undefined],
  ] as const)
    test(what, () => assert.equal(takenPort(printed), port));
});

suite('the offer', () => {
  const log: string[] = [];
  const program = (title: string): Entrant => ({
    title,
    stop: async () => void log.push(`${title} stops`),
  });
  const context = (queue: RunQueue, printed = '') => ({
    queue,
    printed,
    useEmbeddedNow: () => log.push('embedded'),
    run: () => log.push('runs'),
  });

  test('to free a port stops the program that serves there, then runs again', async () => {
    const queue = new RunQueue();
    const turn = await queue.enter(program('Shop'), new AbortController().signal, () =>
      assert.fail('nobody is ahead'),
    );
    turn.serve(3000);
    const offer = offerIn({ name: 'exited', code: 1 }, context(queue, `${inUse} :::3000\n`));
    assert.equal(offer?.label, 'Stop “Shop”, which has port 3000, and run again');
    offer.run();
    await new Promise(setImmediate);
    assert.deepEqual(log.splice(0), ['Shop stops', 'runs']);
  });

  test('is not made where nobody here serves on the port', () => {
    assert.equal(
      offerIn({ name: 'exited', code: 1 }, context(new RunQueue(), `${inUse} :::3000\n`)),
      undefined,
    );
  });

  test('not to wait stops the program ahead', () => {
    const offer = offerIn({ name: 'waiting', ahead: program('Clock') }, context(new RunQueue()));
    assert.equal(offer?.label, 'Stop “Clock” now');
    offer.run();
    assert.deepEqual(log.splice(0), ['Clock stops']);
  });

  test('of the embedded engine is there while it could take over', () => {
    const booting = { name: 'booting', message: 'Starting WebContainer.' } as const;
    const { label } = offerIn({ ...booting, canFallBack: true }, context(new RunQueue())) ?? {};
    assert.equal(label, 'Run it in the embedded engine now');
    assert.equal(offerIn({ ...booting, canFallBack: false }, context(new RunQueue())), undefined);
  });
});
