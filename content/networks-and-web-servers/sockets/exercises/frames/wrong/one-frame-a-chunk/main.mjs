// says: Three frames came in one chunk, one of them empty. Take frames out of what you have until no complete one is left.
export async function* frames(source, limit) {
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    if (rest.length < 4) continue;
    const length = rest.readUInt32BE(0);
    if (length > limit) throw new RangeError('too long');
    if (rest.length < 4 + length) continue;
    yield rest.subarray(4, 4 + length);
    rest = rest.subarray(4 + length);
  }
}
