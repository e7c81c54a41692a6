import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TerminalStreams } from './terminal-streams.ts';

function create(now = () => 0): { streams: TerminalStreams; sent: [number, string][] } {
  const sent: [number, string][] = [];
  const streams = new TerminalStreams(
    (fd, bytes) => void sent.push([fd, new TextDecoder().decode(bytes)]),
    now,
  );
  return { streams, sent };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what a callback prints first is sent at once', () => {
  const { streams, sent } = create();
  streams.write(1, bytes('out'));
  streams.write(2, bytes('err'));
  assert.deepEqual(sent, [
    [1, 'out'],
    [2, 'err'],
  ]);
});

test('a flood is sent in batches, in order, and whole at the end of the callback', () => {
  const { streams, sent } = create();
  for (let n = 0; n < 1000; n++) streams.write(1, bytes('x'));
  assert.equal(sent.length, 100);
  streams.write(2, bytes('!'));
  streams.flush();
  assert.equal(sent.map(([, text]) => text).join(''), `${'x'.repeat(1000)}!`);
  assert.deepEqual(sent.at(-1), [2, '!']);
});

test('many small writes of many callbacks come together, and none is left when the program rests', () => {
  let now = 0;
  const { streams, sent } = create(() => now);
  for (let callback = 0; callback < 10_000; callback++) {
    now += 0.02;
    streams.write(1, bytes('x'));
    streams.flushPromptly();
  }
  streams.flush();
  assert.ok(sent.length <= 301, `${sent.length} messages in 200 ms`);
  assert.equal(sent.map(([, text]) => text).join('').length, 10_000);
});

test('bytes that the program changes after writing them are sent as they were', () => {
  const { streams, sent } = create();
  const buffer = Buffer.from('before');
  for (let n = 0; n < 101; n++) streams.write(1, buffer);
  buffer.fill('!');
  streams.flush();
  assert.equal(sent.at(-1)?.[1], 'before');
});

test('input is read in pieces, and has an end', () => {
  const { streams } = create();
  let readable = 0;
  streams.whenReadable(() => (readable += 1));
  assert.equal(streams.read(10)?.length, 0);
  streams.feed(bytes('abc'));
  assert.equal(readable, 1);
  assert.deepEqual(streams.read(2), bytes('ab'));
  assert.deepEqual(streams.read(2), bytes('c'));
  streams.endInput();
  assert.equal(streams.read(2), null);
});
