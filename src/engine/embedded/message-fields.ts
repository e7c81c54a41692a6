/** Fields of a stranger's message: only values that it has itself count, no getters and no prototypes. */

/** Characters of a text that need not be long. */
const longestText = 100_000;

/** A value that an object has itself, as data. */
export function member(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(data, name)?.value;
  return value;
}

/** Bytes that nobody else can change or shrink. */
export function isBytes(value: unknown, most: number): value is Uint8Array<ArrayBuffer> {
  return (
    value instanceof Uint8Array &&
    value.length <= most &&
    value.buffer instanceof ArrayBuffer &&
    !value.buffer.resizable
  );
}

/** A whole number from 0. */
export function isWhole(value: unknown, most = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

/** A text of bounded length. */
export function isText(value: unknown, most = longestText): value is string {
  return typeof value === 'string' && value.length <= most;
}
