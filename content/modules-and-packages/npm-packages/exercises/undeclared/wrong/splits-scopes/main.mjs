// says: @acme/ui/button belongs to the package @acme/ui. A scoped name has two parts.
import { isBuiltin } from 'node:module';

const imports = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

export function undeclared(manifest, sources) {
  const declared = manifest.dependencies ?? {};
  const missing = new Set();
  for (const source of sources) {
    for (const [, specifier] of source.matchAll(imports)) {
      if (specifier.startsWith('.') || isBuiltin(specifier)) continue;
      const [name] = specifier.split('/');
      if (!Object.hasOwn(declared, name)) missing.add(name);
    }
  }
  return [...missing].sort();
}
