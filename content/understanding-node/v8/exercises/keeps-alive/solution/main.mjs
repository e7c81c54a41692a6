export function countReachable(value) {
  const met = new Set();
  const pending = [value];
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== 'object' || part === null || met.has(part)) continue;
    met.add(part);
    for (const next of Object.values(part)) pending.push(next);
  }
  return met.size;
}
