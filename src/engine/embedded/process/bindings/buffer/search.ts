/** Finding bytes in bytes, forwards and backwards. */

/** Where a search begins, as Node counts it; -1 if there is nothing to find. */
export function searchStart(length: number, offset: number, needleLength: number, forward: boolean): number {
  if (offset < 0) {
    if (offset + length >= 0) return length + offset;
    return forward || needleLength === 0 ? 0 : -1;
  }
  if (offset + needleLength <= length) return offset;
  if (needleLength === 0) return length;
  return forward ? -1 : length - 1;
}

function matches(haystack: ArrayLike<number>, needle: ArrayLike<number>, at: number): boolean {
  for (let index = 0; index < needle.length; index++)
    if (haystack[at + index] !== needle[index]) return false;
  return true;
}

/** The first match at or after `start`, or the last one at or before it; -1 if there is none. */
export function search<Units extends Uint8Array | Uint16Array>(
  haystack: Units,
  needle: Units,
  start: number,
  forward: boolean,
): number {
  const last = haystack.length - needle.length;
  const first = needle[0];
  if (first === undefined) return -1;
  if (forward) {
    // The built-in search for the first unit is many times faster than a loop.
    for (let at = haystack.indexOf(first, start); at >= 0 && at <= last; at = haystack.indexOf(first, at + 1))
      if (matches(haystack, needle, at)) return at;
  } else {
    for (let at = Math.min(start, last); at >= 0; at--) if (matches(haystack, needle, at)) return at;
  }
  return -1;
}

/** The same in units of two bytes, of which only those at even places count. */
export function searchPairs(
  haystack: Uint8Array,
  needle: Uint8Array,
  start: number,
  forward: boolean,
): number {
  if (haystack.length < 2 || needle.length < 2) return -1;
  const pairs = (bytes: Uint8Array): Uint16Array => {
    const units = new Uint16Array(bytes.length >> 1);
    new Uint8Array(units.buffer).set(bytes.subarray(0, units.length * 2));
    return units;
  };
  const found = search(pairs(haystack), pairs(needle), start >> 1, forward);
  return found < 0 ? -1 : found * 2;
}

/** -1, 0 or 1, byte by byte; of two that begin alike the shorter one comes first. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}
