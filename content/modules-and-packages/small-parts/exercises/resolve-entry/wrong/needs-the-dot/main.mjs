// says: This map has no key ".", but its key begins with a dot, so it is a map of subpaths.
export function resolveEntry(exportsField, subpath, conditions) {
  const isMap = typeof exportsField === 'object' && '.' in exportsField;
  const map = isMap ? exportsField : { '.': exportsField };
  return choose(map[subpath], conditions) ?? null;
}

function choose(value, conditions) {
  if (typeof value !== 'object' || value === null) return value;
  for (const [condition, inner] of Object.entries(value)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue;
    const chosen = choose(inner, conditions);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
