/** XXH64, whose lower half is the checksum of Zstandard's frames. */

const primes = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;
const [p1, p2, p3, p4, p5] = primes;

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, bits: bigint): bigint => wrap((value << bits) | (value >> (64n - bits)));
const round = (lane: bigint, input: bigint): bigint => wrap(rotate(wrap(lane + input * p2), 31n) * p1);

/** The hash of `bytes`, with the seed 0. */
export function xxh64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  let hash: bigint = p5;
  if (bytes.length >= 32) {
    let lanes = [wrap(p1 + p2), p2, 0n, wrap(-p1)];
    for (; position + 32 <= bytes.length; position += 32) {
      const start = position;
      lanes = lanes.map((lane, index) => round(lane, view.getBigUint64(start + 8 * index, true)));
    }
    const [one = 0n, two = 0n, three = 0n, four = 0n] = lanes;
    hash = wrap(rotate(one, 1n) + rotate(two, 7n) + rotate(three, 12n) + rotate(four, 18n));
    for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * p1 + p4);
  }
  hash = wrap(hash + BigInt(bytes.length));
  for (; position + 8 <= bytes.length; position += 8) {
    hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(position, true)), 27n) * p1 + p4);
  }
  if (position + 4 <= bytes.length) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(position, true)) * p1), 23n) * p2 + p3);
    position += 4;
  }
  for (; position < bytes.length; position++) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint8(position)) * p5), 11n) * p1);
  }
  hash = wrap((hash ^ (hash >> 33n)) * p2);
  hash = wrap((hash ^ (hash >> 29n)) * p3);
  return hash ^ (hash >> 32n);
}
