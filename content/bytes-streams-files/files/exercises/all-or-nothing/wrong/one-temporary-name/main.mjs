// says: Two calls at the same time disturbed each other. Give each temporary file a name of its own.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export async function save(path, source, limit) {
  const temporary = `${path}.part`;
  async function* count(chunks) {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw new RangeError(`more than ${limit} bytes`);
      yield chunk;
    }
  }
  try {
    await pipeline(source, count, createWriteStream(temporary));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
