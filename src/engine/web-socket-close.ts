/** What a page may say when it closes a WebSocket, as in browsers. */

const mostReasonBytes = 123;

/** Throws a `RangeError` for a code or a reason that a page may not give. */
export function checkClose(code: number, reason: string): void {
  if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code <= 4999))
    throw new RangeError(`A WebSocket is closed with 1000 or 3000 to 4999, not with ${code}.`);
  if (new TextEncoder().encode(reason).length > mostReasonBytes)
    throw new RangeError(`The reason for closing a WebSocket has at most ${mostReasonBytes} bytes.`);
}
