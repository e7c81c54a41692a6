// says: The header announced 1000 bytes against a limit of 100, and you waited for them. Refuse as soon as you know the length.
export async function* frames(source, limit) {
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const length = rest.readUInt32BE(0);
      if (length > limit) throw new RangeError('too long');
      yield rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
    }
  }
  if (rest.length > 0) throw new Error('The stream ended within a frame');
}
