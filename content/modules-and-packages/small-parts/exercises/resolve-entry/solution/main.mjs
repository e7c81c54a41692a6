export function resolveEntry(exportsField, subpath, conditions) {
  const hasSubpaths = Object.keys(exportsField).some((key) => key.startsWith('.'));
  const map = hasSubpaths ? exportsField : { '.': exportsField };
  return choose(map[subpath], conditions) ?? null;
}

/** A path, null for closed, undefined if nothing holds. */
function choose(value, conditions) {
  if (typeof value !== 'object' || value === null) return value;
  for (const [condition, inner] of Object.entries(value)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue;
    const chosen = choose(inner, conditions);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
