/** Names that nobody else gives. */

/** A name of 96 random bits, in letters and digits. Not `randomUUID`: that is there on secure pages only. */
export function randomId(): string {
  const parts = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(parts, (part) => part.toString(36).padStart(7, '0')).join('');
}
