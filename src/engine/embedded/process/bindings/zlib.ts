/** Checksums. The compressors stay stubs. */
import { bytesOf } from './crypto/bytes.ts';
import type { BindingFactory } from '../realm.ts';

/** The polynomial of CRC-32 with its bits reversed. */
const polynomial = 0xedb88320;

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ ((remainder & 1) === 0 ? 0 : polynomial);
  return remainder;
});

/** `internalBinding('zlib')`. */
export const zlib: BindingFactory = (realm, shape) => ({
  ...shape,
  crc32(data: string | ArrayBufferView, value: number): number {
    let remainder = ~value;
    for (const byte of bytesOf(realm, data))
      remainder = (remainder >>> 8) ^ (table[(remainder ^ byte) & 255] ?? 0);
    return ~remainder >>> 0;
  },
});
