// says: Four slices leave room for three turns of the loop, and others did not get them. A microtask runs before the loop goes on: wait for setImmediate.
export async function sumInSlices(numbers, size) {
  let sum = 0;
  for (let start = 0; start < numbers.length; start += size) {
    await null;
    for (const number of numbers.slice(start, start + size)) sum += number;
  }
  return sum;
}
