/** Random bytes from the browser. */
import type { Realm } from '../../realm.ts';

/** `crypto.getRandomValues` gives this many bytes at a time. */
const maxRandomBytes = 65_536;

/** Fills with random bytes; the browser does not write into shared memory by itself. */
export function fillRandom(realm: Realm, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += maxRandomBytes) {
    const piece = new Uint8Array(Math.min(maxRandomBytes, bytes.length - start));
    bytes.set(realm.host.crypto.getRandomValues(piece), start);
  }
}
