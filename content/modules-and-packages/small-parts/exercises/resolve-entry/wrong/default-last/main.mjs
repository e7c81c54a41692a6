// says: Here default stands first, and it always holds. The keys after it are never tried.
export function resolveEntry(exportsField, subpath, conditions) {
  const hasSubpaths = Object.keys(exportsField).some((key) => key.startsWith('.'));
  const map = hasSubpaths ? exportsField : { '.': exportsField };
  return choose(map[subpath], conditions) ?? null;
}

function choose(value, conditions) {
  if (typeof value !== 'object' || value === null) return value;
  for (const [condition, inner] of Object.entries(value)) {
    if (!conditions.includes(condition)) continue;
    const chosen = choose(inner, conditions);
    if (chosen !== undefined) return chosen;
  }
  return choose(value.default, conditions);
}
