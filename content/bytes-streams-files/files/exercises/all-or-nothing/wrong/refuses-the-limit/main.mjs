// says: A limit of seven bytes allows seven.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export async function save(path, source, limit) {
  const temporary = `${path}.${randomUUID()}.part`;
  let rest = limit;
  async function* check(chunks) {
    for await (const chunk of chunks) {
      rest -= chunk.length;
      if (rest <= 0) throw new RangeError('too large');
      yield chunk;
    }
  }
  try {
    await pipeline(source, check, createWriteStream(temporary, { flags: 'wx' }));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
