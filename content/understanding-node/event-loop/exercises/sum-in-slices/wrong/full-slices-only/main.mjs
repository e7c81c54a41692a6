// says: The numbers from 1 to 7 in slices of 3 leave one number over, and it has to be added too.
import { setImmediate as nextTurn } from 'node:timers/promises';

export async function sumInSlices(numbers, size) {
  let sum = 0;
  for (let slice = 0; slice < Math.floor(numbers.length / size); slice += 1) {
    await nextTurn();
    for (const number of numbers.slice(slice * size, (slice + 1) * size)) sum += number;
  }
  return sum;
}
