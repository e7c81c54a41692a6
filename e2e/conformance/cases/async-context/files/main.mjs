import { AsyncLocalStorage, executionAsyncId } from 'node:async_hooks';
import { stat } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const storage = new AsyncLocalStorage();
const log = (...values) => console.log(...values, storage.getStore());

// What has a `then` is called in the context of whoever awaits it.
const thenable = (name) => ({
  then(resolve) {
    log('then', name);
    setImmediate(() => resolve(name));
  },
});
class Query {
  conditions = [];
  where(condition) {
    this.conditions.push(condition);
    return this;
  }
  then(...settle) {
    log('query', this.conditions.join());
    return sleep(1, this.conditions.length).then(...settle);
  }
}
async function repository() {
  return new Query().where('a');
}
await Promise.all([
  storage.run('other', async () => {
    for (let turn = 0; turn < 20; turn++) await null;
  }),
  storage.run('thenables', async () => {
    log('await', await thenable('one'));
    log('resolve', await Promise.resolve(thenable('two')));
    log('callback', await Promise.resolve().then(() => thenable('three')));
    log('all', await Promise.all([thenable('four'), thenable('five')]));
    log('return', await repository(), await (async () => thenable('six'))());
    let reads = 0;
    const once = {
      get then() {
        reads++;
        return (resolve) => resolve('seven');
      },
    };
    log('reads', await once, reads);
    try {
      await { then: (_, reject) => reject(new Error(storage.getStore())) };
    } catch ({ message }) {
      log('caught', message);
    }
  }),
]);

// What a called function enters before its own first await stays.
async function enters(store) {
  storage.enterWith(store);
  await null;
  storage.enterWith('only inside');
}
await enters('first');
log('entered');
try {
  storage.enterWith('before rejection');
  await Promise.reject(new Error('no'));
} catch {
  log('catch');
}
try {
  await null;
  storage.enterWith('in try');
} finally {
  log('finally');
}
log('after');
async function loops() {
  rows: for await (const row of [1, 2, 3]) {
    log('row', row);
    storage.enterWith(`row ${row}`);
    for await (const column of [1, 2]) if (row + column > 3) continue rows;
  }
  log('rows');
  return (await null, storage.getStore());
}
console.log(await storage.run('loops', loops));
console.log(await (async () => [await enters('arrow'), await null])());

// Handlers of what a callback throws run in its context.
process.on('uncaughtException', (error) => log(error.message, executionAsyncId() > 0));
storage.run('stat', () => {
  stat('.', () => {
    throw new Error('thrown');
  });
});
