import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export async function save(path, source, limit) {
  const temporary = `${path}.${randomUUID()}.part`;
  async function* count(chunks) {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw new RangeError(`more than ${limit} bytes`);
      yield chunk;
    }
  }
  const file = await open(temporary, 'wx');
  try {
    await pipeline(source, count, file.createWriteStream());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
