import assert from 'node:assert/strict';
import { test } from 'node:test';
import realZlib from 'node:zlib';
import { libraryOn } from '../library-on.ts';
import { besideReal, callable, outcome } from './oracle.ts';
import { zlib } from './zlib.ts';

const { ours, real } = besideReal('zlib', zlib);

for (const data of [
  '',
  'a',
  'The quick brown fox',
  'é€😀',
  new Uint8Array([0, 255, 1]),
  Buffer.alloc(1000, 'xyz'),
]) {
  test(`crc32 of ${data.length} bytes or characters`, () => {
    for (const value of [0, 1, 0xffff_ffff]) {
      assert.equal(callable(ours, 'crc32')(data, value), callable(real, 'crc32')(data, value));
    }
  });
}

// Node's own module on our binding.
const mine = libraryOn({ zlib }, ['zlib']).require('zlib') as unknown as typeof realZlib;

/** A call must come to the same on both. */
function same(name: string, call: (module: typeof realZlib) => unknown): void {
  test(name, () =>
    assert.deepEqual(
      outcome(() => call(mine)),
      outcome(() => call(realZlib)),
    ),
  );
}

const text = Buffer.from('the quick brown fox '.repeat(400));
const noise = Buffer.from(Array.from({ length: 30_000 }, (_, index) => (index * index * 7919) % 253));

for (const level of [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
  same(`the bytes of level ${level}`, ({ gzipSync, deflateSync, deflateRawSync }) => [
    gzipSync(text, { level }),
    deflateSync(noise, { level }),
    deflateRawSync(text, { level }),
  ]);
}
for (const strategy of [0, 1, 2, 3, 4]) {
  same(`the bytes of strategy ${strategy}`, ({ deflateSync }) =>
    deflateSync(noise, { strategy, memLevel: 4, windowBits: 10 }),
  );
}

const packed = realZlib.gzipSync(text);
const damaged = Uint8Array.from(packed);
damaged[packed.length - 6] = 0;
const dictionary = Buffer.from('brown fox');
const withDictionary = realZlib.deflateSync(text, { dictionary });
const input = {
  whole: packed,
  damaged,
  'cut off': packed.subarray(0, 60),
  'no gzip': Buffer.from('no gzip'),
  empty: Buffer.alloc(0),
  'two members': Buffer.concat([packed, packed]),
  'a member and garbage': Buffer.concat([packed, Buffer.from('garbage')]),
  'a member and zeros': Buffer.concat([packed, Buffer.alloc(9)]),
  'zlib format': realZlib.deflateSync(text),
  'a dictionary': withDictionary,
};
for (const [name, bytes] of Object.entries(input)) {
  same(`unpacks ${name}`, ({ unzipSync, gunzipSync, inflateSync, inflateRawSync }) =>
    [unzipSync, gunzipSync, inflateSync, inflateRawSync].map((unpack) => outcome(() => unpack(bytes))),
  );
  same(`unpacks ${name} and nothing after it`, ({ gunzipSync }) =>
    gunzipSync(bytes, { rejectGarbageAfterEnd: true }),
  );
}
for (const dictionaryGiven of [dictionary, Buffer.from('another')]) {
  same(`unpacks with the dictionary ${dictionaryGiven.toString()}`, ({ inflateSync }) =>
    inflateSync(withDictionary, { dictionary: dictionaryGiven }),
  );
}

test('a stream changes its level, is flushed and ends', async () => {
  const run = async ({ createDeflate, constants, inflateSync }: typeof realZlib): Promise<unknown> => {
    const stream = createDeflate({ level: 9 });
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.write(text);
    await new Promise<void>((resolve) => stream.params(0, constants.Z_DEFAULT_STRATEGY, () => resolve()));
    stream.write(text);
    await new Promise<void>((resolve) => stream.params(6, constants.Z_FILTERED, () => resolve()));
    stream.end(noise);
    await new Promise((resolve) => stream.on('end', resolve));
    const bytes = Buffer.concat(chunks);
    return [bytes, inflateSync(bytes).length];
  };
  assert.deepEqual(await run(mine), await run(realZlib));
});

test('a stream is not reset while it writes', () => {
  const stream = mine.createGzip();
  stream.write('x');
  // The types do not know that it has one.
  const { reset } = stream as unknown as { reset(): void };
  assert.throws(() => Reflect.apply(reset, stream, []), {
    message: 'Cannot reset zlib stream while a write is in progress',
  });
});
