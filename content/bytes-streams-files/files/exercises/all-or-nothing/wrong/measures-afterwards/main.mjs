// says: The sixth chunk passed the limit, and the source was read on. Count while the chunks pass, and throw there.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export async function save(path, source, limit) {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await pipeline(source, createWriteStream(temporary, { flags: 'wx' }));
    const { size } = await stat(temporary);
    if (size > limit) throw new RangeError('too large');
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
