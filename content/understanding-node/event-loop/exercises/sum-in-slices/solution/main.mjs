import { setImmediate as nextTurn } from 'node:timers/promises';

export async function sumInSlices(numbers, size) {
  let sum = 0;
  for (let start = 0; start < numbers.length; start += size) {
    if (start > 0) await nextTurn();
    for (const number of numbers.slice(start, start + size)) sum += number;
  }
  return sum;
}
