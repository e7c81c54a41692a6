// says: The stream ended in the middle of a length, and nobody was told. Throw an error when something is left over.
export async function* frames(source, limit) {
  let rest = Buffer.alloc(0);
  let missing = 0;
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length > limit) throw new RangeError(`A frame of ${length} bytes is too long`);
      missing = 4 + length - rest.length;
      if (missing > 0) break;
      yield rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
    }
  }
  if (missing > 0) throw new Error('The stream ended within a frame');
}
