function compare(path, old, now) {
  if (old === undefined) return `+ ${path} ${now.version}`;
  if (now === undefined) return `- ${path} ${old.version}`;
  if (old.version !== now.version) return `~ ${path} ${old.version} -> ${now.version}`;
  if (old.integrity !== now.integrity) return `! ${path} ${now.version}`;
  return undefined;
}

export function review(before, after) {
  const paths = new Set([...Object.keys(before.packages), ...Object.keys(after.packages)]);
  paths.delete('');
  return [...paths]
    .sort()
    .map((path) => compare(path, before.packages[path], after.packages[path]))
    .filter((line) => line !== undefined);
}
