import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames } from './main.mjs';

/** The bytes of some messages, each behind its length. */
function encode(...messages) {
  return Buffer.concat(
    messages.flatMap((message) => {
      const header = Buffer.alloc(4);
      header.writeUInt32BE(Buffer.byteLength(message));
      return [header, Buffer.from(message)];
    }),
  );
}

async function* inPieces(bytes, size) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(source, limit = 100) {
  const messages = [];
  for await (const frame of frames(source, limit)) messages.push(Buffer.from(frame).toString());
  return messages;
}

/** The error that reading ends with, or undefined. */
function failureOf(source) {
  return read(source).then(
    () => undefined,
    (error) => error,
  );
}

const messages = ['GET city', '', 'Zoë'];

test('A frame in a chunk of its own', async () => {
  assert.deepEqual(
    await read(inPieces(encode('hello'), 100)).catch(({ message }) => message),
    ['hello'],
    'A frame is four bytes of length, big-endian, and then the message. Yield the message only.',
  );
});

test('Several frames in one chunk', async () => {
  assert.deepEqual(
    await read(inPieces(encode(...messages), 100)),
    messages,
    'Three frames came in one chunk, one of them empty. Take frames out of what you have until no complete one is left.',
  );
});

test('One byte at a time', async () => {
  assert.deepEqual(
    await read(inPieces(encode(...messages), 1)),
    messages,
    'The same frames came one byte at a time. Keep what is incomplete, header or message, for the next chunk.',
  );
});

test('The limit is checked before the message is there', async () => {
  let isAskedForMore = false;
  async function* greedy() {
    yield Buffer.from([0, 0, 3, 232]); // announces 1000 bytes
    isAskedForMore = true;
    yield Buffer.alloc(1000);
  }
  const error = await failureOf(greedy());
  assert.ok(
    error instanceof RangeError,
    'A frame of 1000 bytes came, and the limit was 100. Throw a RangeError.',
  );
  assert.equal(
    isAskedForMore,
    false,
    'The header announced 1000 bytes against a limit of 100, and you waited for them. Refuse as soon as you know the length.',
  );
});

test('The length has no sign', async () => {
  const error = await failureOf([Buffer.from([255, 255, 255, 255])]);
  assert.ok(
    error instanceof RangeError,
    'The length ff ff ff ff is 4294967295, far above the limit. Read it as an unsigned number, or it is -1.',
  );
});

test('A frame that fills the limit is allowed', async () => {
  assert.deepEqual(
    await read(inPieces(encode('12345'), 3), 5),
    ['12345'],
    'A limit of five bytes allows a message of five bytes.',
  );
});

test('The end within a frame is an error', async () => {
  for (const [size, place] of [
    [6, 'message'],
    [2, 'length'],
  ]) {
    const error = await failureOf([encode('hello').subarray(0, size)]);
    assert.ok(
      error,
      `The stream ended in the middle of a ${place}, and nobody was told. Throw an error when something is left over.`,
    );
  }
});
