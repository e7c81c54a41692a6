import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import { xxh64 } from './xxh64.ts';

test("the lower half is the checksum of real Node's frames", () => {
  for (const length of [0, 1, 3, 4, 7, 8, 31, 32, 33, 63, 100, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 37);
    const frame = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
    assert.equal(
      Number(xxh64(bytes) & 0xffff_ffffn),
      frame.readUInt32LE(frame.length - 4),
      `${length} bytes`,
    );
  }
});
