/** What pages read of the content: in a build once each, since nothing changes meanwhile. */

/** Remembers what was read for each key; while an author writes (`astro dev`), everything is read again. */
export function once<Key, Value>(read: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  if (import.meta.env.DEV) return read;
  const found = new Map<Key, Promise<Value>>();
  return (key) => {
    const value = found.get(key) ?? read(key);
    found.set(key, value);
    return value;
  };
}
