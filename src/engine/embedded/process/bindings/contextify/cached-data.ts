/** V8's code cache: a page has none, so the data only tells which source it was made from. */

const magic = 'V8CACHE1';

/** Bytes that stand for the compiled code of a source. */
export function createCachedData(source: string): Uint8Array {
  const text = `${magic}${source.length}:${checksumOf(source)}`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Whether data was made from another source, or was not made here. */
export function isRejected(source: string, data: ArrayBufferView): boolean {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const expected = createCachedData(source);
  return bytes.length !== expected.length || expected.some((byte, index) => byte !== bytes[index]);
}

/** FNV-1a over UTF-16 code units, as eight hexadecimal digits. */
function checksumOf(source: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < source.length; index++)
    hash = Math.imul(hash ^ source.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
