// says: After a failure a file is left over that nobody asked for. Remove the temporary file in catch.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export async function save(path, source, limit) {
  const temporary = `${path}.${randomUUID()}.part`;
  let size = 0;
  async function* count(chunks) {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw new RangeError('too large');
      yield chunk;
    }
  }
  await pipeline(source, count, createWriteStream(temporary));
  await rename(temporary, path);
}
