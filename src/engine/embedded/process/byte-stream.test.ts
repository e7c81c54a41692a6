import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamEnd } from './byte-stream.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const read = (end: StreamEnd, limit = 100): string => {
  const result = end.read(limit);
  return typeof result === 'string' ? result : Buffer.from(result).toString();
};

test('bytes arrive in order, joined and cut as the reader likes', () => {
  const [one, other] = StreamEnd.pair();
  assert.equal(read(other), 'EAGAIN');
  one.write(bytes('abc'));
  one.write(bytes('defgh'));
  assert.equal(read(other, 4), 'abcd');
  assert.equal(read(other), 'efgh');
  one.end();
  assert.equal(read(other), 'EOF');
  assert.equal(one.write(bytes('x')), 'EPIPE');
  assert.equal(other.write(bytes('still open')), 10);
  assert.equal(read(one), 'still open');
});

test('what is read is a buffer of its own', () => {
  const [one, other] = StreamEnd.pair();
  one.write(bytes('abcdef'));
  for (const [limit, expected] of [
    [4, 'abcd'],
    [4, 'ef'],
  ] as const) {
    const result = other.read(limit);
    assert.ok(typeof result !== 'string');
    assert.equal(Buffer.from(result.buffer).toString(), expected);
  }
});

test('a full stream takes no more until it is read, and says so', () => {
  const [one, other] = StreamEnd.pair();
  const chunk = new Uint8Array(1024 * 1024);
  let written = 0;
  for (;;) {
    const accepted = one.write(chunk);
    assert.ok(typeof accepted === 'number');
    written += accepted;
    if (accepted < chunk.length) break;
  }
  assert.equal(written, 4 * 1024 * 1024);
  assert.equal(one.isWritable, false);
  let changes = 0;
  one.changed = () => changes++;
  while (!one.isWritable) other.read(65_536);
  assert.equal(changes, 1);
});

test('a reset reaches the other side once, after what had arrived', () => {
  const [one, other] = StreamEnd.pair();
  one.write(bytes('last'));
  one.reset();
  assert.equal(read(other), 'last');
  assert.equal(read(other), 'ECONNRESET');
  assert.equal(read(other), 'EOF');
  assert.equal(other.write(bytes('x')), 'EPIPE');
});

test('closing with unread bytes is a reset', () => {
  const [one, other] = StreamEnd.pair();
  one.write(bytes('nobody reads this'));
  other.close();
  assert.equal(read(one), 'ECONNRESET');
});

test('writing to a closed peer fails the second time', () => {
  const [one, other] = StreamEnd.pair();
  other.close();
  assert.equal(read(one), 'EOF');
  assert.equal(one.write(bytes('x')), 1);
  assert.equal(one.write(bytes('x')), 'EPIPE');
});
