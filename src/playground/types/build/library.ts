/** Which declarations the types worker needs: those of JavaScript, of Node, and what those name. */
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Packages whose declarations are packed, with the files that a program can reach. */
const packages = ['@types/node', 'undici-types'];
// For TypeScript before 5.7.
const left = /^ts5\.\d\//;

/** Texts by the path that the language service sees; `modules` is the folder `node_modules`. */
export async function readLibrary(modules: string): Promise<Map<string, string>> {
  const library = new Map<string, string>();
  await addLib('lib.esnext.d.ts', join(modules, 'typescript/lib'), library);
  for (const name of packages) {
    const folder = join(modules, name);
    const files = await readdir(folder, { recursive: true });
    for (const file of files.map((each) => each.replaceAll('\\', '/')).toSorted()) {
      if (left.test(file) || !(file.endsWith('.d.ts') || file === 'package.json')) continue;
      const text = await readFile(join(folder, file), 'utf8');
      library.set(`/node_modules/${name}/${file}`, basename(file) === 'package.json' ? shorten(text) : text);
    }
  }
  return library;
}

/** A library file of TypeScript and those that it refers to. */
async function addLib(name: string, folder: string, library: Map<string, string>): Promise<void> {
  const path = `/lib/${name}`;
  if (library.has(path)) return;
  const text = await readFile(join(folder, name), 'utf8');
  library.set(path, text);
  for (const [, other = ''] of text.matchAll(/^\/\/\/ <reference lib="([^"]+)"/gm))
    await addLib(`lib.${other}.d.ts`, folder, library);
}

/** Of a manifest, what finding a declaration needs. */
function shorten(text: string): string {
  const { name, version, types, exports, typesVersions }: Record<string, unknown> = JSON.parse(text);
  return JSON.stringify({ name, version, types, exports, typesVersions });
}
