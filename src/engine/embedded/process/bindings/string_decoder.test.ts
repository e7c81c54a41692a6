import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodings } from './buffer/codecs.ts';
import { besideReal, callable } from './oracle.ts';
import { stringDecoder } from './string_decoder.ts';

const { ours, real } = besideReal('string_decoder', stringDecoder);

const newState = (encoding: number): Buffer => {
  const state = Buffer.alloc(7);
  state[6] = encoding;
  return state;
};

/** Decodes chunk by chunk with both and compares each answer and the counters after it. */
function agree(encoding: number, chunks: readonly Buffer[]): void {
  const [a, b] = [newState(encoding), newState(encoding)];
  const described = `${encodings[encoding]} ${chunks.map((chunk) => chunk.toString('hex')).join(' ')}`;
  for (const chunk of chunks) {
    assert.equal(callable(ours, 'decode')(a, chunk), callable(real, 'decode')(b, chunk), described);
    assert.deepEqual([...a.subarray(4)], [...b.subarray(4)], described);
    assert.deepEqual([...a.subarray(0, a[5])], [...b.subarray(0, b[5])], described);
  }
  if ((a[5] ?? 0) > 0) assert.equal(callable(ours, 'flush')(a), callable(real, 'flush')(b), described);
}

const used = encodings.flatMap((name, index) => (name === 'buffer' ? [] : index));
const samples: Record<string, Buffer> = {
  text: Buffer.from('aé€😀z漢'),
  'broken UTF-8': Buffer.from([
    0xf0, 0x9f, 0x41, 0xe2, 0x82, 0xe2, 0x82, 0xac, 0xff, 0xc3, 0x80, 0x80, 0x80, 0xf8, 0x88,
  ]),
  'surrogates in UTF-16': Buffer.from('a😀\ud83d\ud83d\ude00b', 'utf16le'),
};

for (const [name, sample] of Object.entries(samples))
  test(`every cut into two and into three: ${name}`, () => {
    for (const encoding of used)
      for (let first = 0; first <= sample.length; first++)
        for (let second = first; second <= sample.length; second++)
          agree(encoding, [
            sample.subarray(0, first),
            sample.subarray(first, second),
            sample.subarray(second),
          ]);
  });

for (const [name, sample] of Object.entries(samples))
  test(`byte by byte: ${name}`, () => {
    for (const encoding of used)
      agree(
        encoding,
        Array.from(sample, (byte) => Buffer.from([byte])),
      );
  });

test('random bytes in random chunks', () => {
  let state = 7;
  const random = (below: number): number => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
  const lead = [0x41, 0x80, 0xbf, 0xc2, 0xe2, 0xed, 0xf0, 0xf4, 0xf8, 0xff, 0xd8, 0xdc];
  for (let round = 0; round < 3000; round++) {
    const chunks = Array.from({ length: 1 + random(4) }, () =>
      Buffer.from(Array.from({ length: random(7) }, () => lead[random(lead.length)] ?? 0)),
    );
    for (const encoding of used) agree(encoding, chunks);
  }
});
