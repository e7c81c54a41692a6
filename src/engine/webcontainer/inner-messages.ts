/** Messages of the engine's own Node programs inside the container, which reach the page through a terminal. */

/** Between these, a message is JSON in ASCII. */
export const MARKS: readonly [begin: string, end: string] = ['\x1b]7702;m:', '\x07'];

/** Finds the messages in what was printed; what is around them is nothing. */
export class InnerMessages {
  #printed = '';

  /** The messages that are whole now. What they are is known to whoever wrote the program. */
  push(text: string): unknown[] {
    this.#printed += text;
    const messages: unknown[] = [];
    const [begin, end] = MARKS;
    for (;;) {
      const start = this.#printed.indexOf(begin);
      if (start === -1) {
        // The beginning of a mark may be there.
        this.#printed = this.#printed.slice(-begin.length);
        return messages;
      }
      const stop = this.#printed.indexOf(end, start);
      if (stop === -1) return messages;
      messages.push(JSON.parse(this.#printed.slice(start + begin.length, stop)));
      this.#printed = this.#printed.slice(stop + end.length);
    }
  }
}

/** Bytes out of base64. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Base64 of bytes. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
