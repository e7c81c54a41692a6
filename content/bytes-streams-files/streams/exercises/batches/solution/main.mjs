import { Transform } from 'node:stream';

export function createBatches(size) {
  let batch = [];
  return new Transform({
    objectMode: true,
    transform(row, encoding, callback) {
      batch.push(row);
      if (batch.length < size) {
        callback();
        return;
      }
      const full = batch;
      batch = [];
      callback(null, full);
    },
    flush(callback) {
      if (batch.length > 0) this.push(batch);
      callback();
    },
  });
}
