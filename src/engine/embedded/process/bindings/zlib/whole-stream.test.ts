import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWholeCompressor, WholeStream } from './whole-stream.ts';
import type { Buffers, CompressionError, Compressor } from './compressor.ts';

const finish = 2;

/** A compressor that doubles every byte once the input is complete; 0 is an error. */
const createDoubler = (): Compressor =>
  createWholeCompressor((stream) => (buffers, flush) => {
    stream.take(buffers);
    if (flush !== finish) return undefined;
    const input = stream.joined();
    stream.forget();
    if (input.length > 0) stream.output = Uint8Array.from([...input, ...input]);
    return input.includes(0) ? { message: 'zero', errno: -1, code: 'ZERO' } : undefined;
  });

/** What one call with this input, and this much room, answers and puts out. */
function step(
  compressor: Compressor,
  input: readonly number[],
  flush: number,
  room = 10,
): readonly [CompressionError | undefined, output: number[], inputLeft: number] {
  const output = new Uint8Array(room);
  const buffers: Buffers = {
    input: Uint8Array.from(input),
    inputStart: 0,
    inputLength: input.length,
    output,
    outputStart: 0,
    outputLength: room,
  };
  const error = compressor.process(buffers, flush);
  assert.equal(buffers.inputStart + buffers.inputLength, input.length);
  assert.equal(buffers.outputStart + buffers.outputLength, room);
  return [error, [...output.subarray(0, buffers.outputStart)], buffers.inputLength];
}

test('all of the input is taken in, and the output is handed out as there is room', () => {
  const doubler = createDoubler();
  assert.deepEqual(step(doubler, [1, 2], 0), [undefined, [], 0]);
  assert.deepEqual(step(doubler, [3], finish, 4), [undefined, [1, 2, 3, 1], 0]);
  assert.deepEqual(step(doubler, [], finish, 4), [undefined, [2, 3], 0]);
  assert.deepEqual(step(doubler, [], finish), [undefined, [], 0]);
});

test('nothing is handed out beside an error', () => {
  const doubler = createDoubler();
  assert.deepEqual(step(doubler, [0], finish), [{ message: 'zero', errno: -1, code: 'ZERO' }, [], 0]);
});

test('a reset forgets input and output', () => {
  const doubler = createDoubler();
  step(doubler, [1, 2, 3], finish, 1);
  step(doubler, [4], 0, 1);
  assert.equal(doubler.reset(), undefined);
  assert.deepEqual(step(doubler, [5], finish), [undefined, [5, 5], 0]);
});

test('input is copied, for its buffer is used again', () => {
  const stream = new WholeStream();
  const input = Uint8Array.of(1, 2, 3);
  const output = new Uint8Array();
  stream.take({ input, inputStart: 1, inputLength: 1, output, outputStart: 0, outputLength: 0 });
  input.fill(9);
  assert.deepEqual([...stream.joined()], [2]);
});
