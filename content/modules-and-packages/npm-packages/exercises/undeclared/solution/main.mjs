import { isBuiltin } from 'node:module';

const imports = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

function packageName(specifier) {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

export function undeclared(manifest, sources) {
  const declared = manifest.dependencies ?? {};
  const missing = new Set();
  for (const source of sources) {
    for (const [, specifier] of source.matchAll(imports)) {
      if (specifier.startsWith('.') || isBuiltin(specifier)) continue;
      const name = packageName(specifier);
      if (!Object.hasOwn(declared, name)) missing.add(name);
    }
  }
  return [...missing].sort();
}
