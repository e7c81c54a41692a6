// says: A batch changed after it had been passed on. Begin a new array for each batch.
import { Transform } from 'node:stream';

export function createBatches(size) {
  const batch = [];
  return new Transform({
    objectMode: true,
    transform(row, encoding, callback) {
      if (batch.length === size) batch.length = 0;
      batch.push(row);
      if (batch.length === size) this.push(batch);
      callback();
    },
    flush(callback) {
      if (batch.length > 0 && batch.length < size) this.push([...batch]);
      callback();
    },
  });
}
