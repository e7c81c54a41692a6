// says: A rocket has four bytes, and two units of the string. Half of it must not be left over.
export function fit(text, limit) {
  let beginning = text;
  while (Buffer.byteLength(beginning) > limit) beginning = beginning.slice(0, -1);
  return beginning;
}
