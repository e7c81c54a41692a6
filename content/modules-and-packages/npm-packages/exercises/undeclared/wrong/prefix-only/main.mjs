// says: Core modules are part of Node, with the prefix node: and without it. isBuiltin from node:module knows both.
const imports = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

export function undeclared(manifest, sources) {
  const declared = manifest.dependencies ?? {};
  const missing = new Set();
  for (const source of sources) {
    for (const [, specifier] of source.matchAll(imports)) {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
      const parts = specifier.split('/');
      const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
      if (!Object.hasOwn(declared, name)) missing.add(name);
    }
  }
  return [...missing].sort();
}
