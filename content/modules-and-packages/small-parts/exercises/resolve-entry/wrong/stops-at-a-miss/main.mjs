// says: Within node nothing holds, so the search goes on with the next key.
export function resolveEntry(exportsField, subpath, conditions) {
  const hasSubpaths = Object.keys(exportsField).some((key) => key.startsWith('.'));
  let value = (hasSubpaths ? exportsField : { '.': exportsField })[subpath];
  while (typeof value === 'object' && value !== null) {
    const key = Object.keys(value).find((each) => each === 'default' || conditions.includes(each));
    value = value[key];
  }
  return value ?? null;
}
