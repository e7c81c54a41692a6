/** A short name for a text, to tell later whether another text is the same. */

/** 64 bits of FNV-1a (draft-eastlake-fnv) over the text's UTF-16, in hexadecimal. No protection against who wants a clash. */
export function fingerprint(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let at = 0; at < text.length; at += 1) {
    low = (low ^ text.charCodeAt(at)) >>> 0;
    // Times 2^40 + 0x1b3, in halves: a megabyte in BigInts takes half a second.
    const product = low * 0x1b3;
    high = (high * 0x1b3 + low * 0x100 + Math.floor(product / 2 ** 32)) % 2 ** 32;
    low = product % 2 ** 32;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
