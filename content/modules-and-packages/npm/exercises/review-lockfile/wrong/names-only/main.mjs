// says: Two copies of dates are two paths, and only the nested one has changed. Compare whole paths, not names.
const byName = ({ packages }) =>
  new Map(
    Object.entries(packages)
      .filter(([path]) => path !== '')
      .map(([path, entry]) => [path.split('node_modules/').at(-1), entry]),
  );

export function review(before, after) {
  const [old, now] = [byName(before), byName(after)];
  const lines = [];
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [a, b] = [old.get(name), now.get(name)];
    const path = `node_modules/${name}`;
    if (!a) lines.push(`+ ${path} ${b.version}`);
    else if (!b) lines.push(`- ${path} ${a.version}`);
    else if (a.version !== b.version) lines.push(`~ ${path} ${a.version} -> ${b.version}`);
    else if (a.integrity !== b.integrity) lines.push(`! ${path} ${b.version}`);
  }
  return lines;
}
