import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Heartbeat } from './heartbeat.ts';

/** A heartbeat that has begun, its clock, and what it did. */
function begin({ mock }: TestContext): {
  seconds(count: number): void;
  heartbeat: Heartbeat;
  events: string[];
} {
  mock.timers.enable({ apis: ['setInterval'] });
  const events: string[] = [];
  const heartbeat = new Heartbeat(
    () => events.push('asked'),
    () => events.push('silent'),
  );
  heartbeat.start();
  return { seconds: (count) => mock.timers.tick(count * 1000), heartbeat, events };
}

test('a frame that answers lives on', (t) => {
  const { seconds, heartbeat, events } = begin(t);
  for (let second = 0; second < 100; second++) {
    seconds(1);
    heartbeat.answered();
  }
  assert.deepEqual(new Set(events), new Set(['asked']));
});

test('a frame that does not answer is given up once', (t) => {
  const { seconds, events } = begin(t);
  seconds(20);
  assert.equal(events.includes('silent'), false);
  seconds(100);
  assert.equal(events.filter((event) => event === 'silent').length, 1);
});

test('nothing is asked after the stop, and a new start counts anew', (t) => {
  const { seconds, heartbeat, events } = begin(t);
  seconds(20);
  heartbeat.stop();
  seconds(10);
  heartbeat.start();
  seconds(20);
  assert.equal(events.includes('silent'), false);
  heartbeat.stop();
});
