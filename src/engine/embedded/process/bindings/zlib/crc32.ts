/** The checksum of gzip. */

/** The polynomial of CRC-32 with its bits reversed. */
const polynomial = 0xedb88320;

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ ((remainder & 1) === 0 ? 0 : polynomial);
  return remainder;
});

/** CRC-32 of `bytes`, continued from `value`: the checksum of what came before, or 0. */
export function crc32(bytes: Uint8Array, value: number): number {
  let remainder = ~value;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (table[(remainder ^ byte) & 255] ?? 0);
  return ~remainder >>> 0;
}
