// says: The limit falls inside a character, and the result has part of it. Leave the whole character out.
export function fit(text, limit) {
  return Buffer.from(text).subarray(0, limit).toString();
}
