// says: After the call the list was shorter. It belongs to the caller: read it with slice, which leaves it alone, and not with splice.
import { setImmediate as nextTurn } from 'node:timers/promises';

export async function sumInSlices(numbers, size) {
  let sum = 0;
  while (numbers.length > 0) {
    for (const number of numbers.splice(0, size)) sum += number;
    await nextTurn();
  }
  return sum;
}
