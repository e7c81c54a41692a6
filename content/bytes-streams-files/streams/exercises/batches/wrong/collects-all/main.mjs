// says: The first batch came only after all rows had been read. Pass a batch on as soon as it is full.
import { Transform } from 'node:stream';

export function createBatches(size) {
  const rows = [];
  return new Transform({
    objectMode: true,
    transform(row, encoding, callback) {
      rows.push(row);
      callback();
    },
    flush(callback) {
      while (rows.length > 0) this.push(rows.splice(0, size));
      callback();
    },
  });
}
