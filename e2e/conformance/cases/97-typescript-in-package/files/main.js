import { sum } from '#math';
import data from './data.json' with { type: 'json' };
import { AsyncLocalStorage } from './context.ts';

console.log(sum(data.values));
const storage = new AsyncLocalStorage();
await storage.run('kept', async () => {
  await null;
  console.log(storage.getStore());
});
