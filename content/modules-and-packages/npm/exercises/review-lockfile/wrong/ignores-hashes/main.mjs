// says: report 2.0.0 has another integrity than before, under the same version. That is the line to shout about.
export function review(before, after) {
  const paths = new Set([...Object.keys(before.packages), ...Object.keys(after.packages)]);
  paths.delete('');
  const lines = [];
  for (const path of [...paths].sort()) {
    const old = before.packages[path]?.version;
    const now = after.packages[path]?.version;
    if (old === now) continue;
    if (old === undefined) lines.push(`+ ${path} ${now}`);
    else if (now === undefined) lines.push(`- ${path} ${old}`);
    else lines.push(`~ ${path} ${old} -> ${now}`);
  }
  return lines;
}
