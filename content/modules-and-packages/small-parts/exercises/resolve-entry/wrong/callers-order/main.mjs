// says: Both conditions hold, and browser stands first in the map. The order of the map decides.
export function resolveEntry(exportsField, subpath, conditions) {
  const hasSubpaths = Object.keys(exportsField).some((key) => key.startsWith('.'));
  const map = hasSubpaths ? exportsField : { '.': exportsField };
  return choose(map[subpath], conditions) ?? null;
}

function choose(value, conditions) {
  if (typeof value !== 'object' || value === null) return value;
  for (const condition of [...conditions, 'default']) {
    if (!(condition in value)) continue;
    const chosen = choose(value[condition], conditions);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
