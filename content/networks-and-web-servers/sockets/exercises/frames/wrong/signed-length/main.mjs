// says: The length ff ff ff ff is 4294967295, far above the limit. Read it as an unsigned number, or it is -1.
export async function* frames(source, limit) {
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readInt32BE(0);
      if (length > limit) throw new RangeError(`A frame of ${length} bytes is too long`);
      if (rest.length < 4 + length) break;
      yield rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
    }
  }
  if (rest.length > 0) throw new Error('The stream ended within a frame');
}
