// says: Two rows in batches of two are one array with both, and nothing comes after it.
import { Transform } from 'node:stream';

export function createBatches(size) {
  let batch = [];
  return new Transform({
    objectMode: true,
    transform(row, encoding, callback) {
      batch.push(row);
      if (batch.length === size) {
        this.push(batch);
        batch = [];
      }
      callback();
    },
    flush(callback) {
      this.push(batch);
      callback();
    },
  });
}
