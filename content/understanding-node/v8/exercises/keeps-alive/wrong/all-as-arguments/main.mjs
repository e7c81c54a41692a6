// says: This array has a million entries. push(...parts) puts each of them on the stack as an argument: push one at a time.
export function countReachable(value) {
  const met = new Set();
  const pending = [value];
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== 'object' || part === null || met.has(part)) continue;
    met.add(part);
    pending.push(...Object.values(part));
  }
  return met.size;
}
