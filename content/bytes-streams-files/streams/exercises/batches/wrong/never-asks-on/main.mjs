// says: The Transform stands still. It gets no next row before transform has called back, and does not end before flush has.
import { Transform } from 'node:stream';

export function createBatches(size) {
  let batch = [];
  return new Transform({
    objectMode: true,
    transform(row, encoding, callback) {
      batch.push(row);
      if (batch.length === size) {
        callback(null, batch);
        batch = [];
      }
    },
    flush(callback) {
      if (batch.length > 0) this.push(batch);
      callback();
    },
  });
}
