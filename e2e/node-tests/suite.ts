/** Node's own tests: what each wants from its command line, and what all read. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { areas } from './areas.ts';

/** One file of the suite. */
export interface NodeTest {
  readonly module: string;
  /** Path below the suite's parent, such as `test/parallel/test-path.js`. */
  readonly path: string;
  readonly source: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Folders of `test/` that tests share files of. */
const shared = ['common', 'fixtures', 'es-module', 'async-hooks'];

/** What the folder that is named should hold. */
export const suiteForm = `It should hold Node's test/, with ${[...shared, 'parallel'].join(', ')} in it; the public repository denoland/node_test mirrors it.`;

/** The folder that holds Node's `test/`: the one that is named, or the one around it where that is `test/` itself. */
export function findSuite(folder: string): string | undefined {
  const candidates = basename(resolve(folder)) === 'test' ? [folder, join(folder, '..')] : [folder];
  return candidates.find((each) =>
    [...shared, 'parallel'].every((name) => existsSync(join(each, 'test', name))),
  );
}

/** Reads the tests of the named modules. `root` holds Node's `test/`. Throws for an unknown module. */
export async function readSuite(
  root: string,
  modules: readonly string[],
  filter: RegExp,
): Promise<NodeTest[]> {
  const tests: NodeTest[] = [];
  for (const module of modules) {
    const places = areas[module];
    if (!places)
      throw new Error(`There is no module "${module}". The modules are: ${Object.keys(areas).join(', ')}`);
    for (const [folder, pattern] of places) {
      const names = await readdir(join(root, 'test', folder));
      for (const name of names.toSorted()) {
        if (!pattern.test(name) || !/\.m?js$/.test(name) || !filter.test(name)) continue;
        const path = `test/${folder}/${name}`;
        const source = await readFile(join(root, path), 'utf8');
        tests.push({ module, path, source, ...readMetadata(source) });
      }
    }
  }
  return tests;
}

/** The comments `// Flags:` and `// Env:` of a test. */
function readMetadata(source: string): Pick<NodeTest, 'flags' | 'env'> {
  const words = (name: string): string[] =>
    new RegExp(`^// ${name}: +(.*)$`, 'm').exec(source)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  return {
    flags: words('Flags'),
    env: Object.fromEntries(words('Env').map((word) => [word.split('=')[0] ?? '', word.split('=')[1] ?? ''])),
  };
}

/** Folders that fill megabytes and that no test of these modules reads. */
const leftOut = ['test/fixtures/wpt', 'test/fixtures/test426'];

/** What tests read, as an uncompressed archive: `common`, `fixtures`, and folders whose tests share files of their own. */
export function archiveSurroundings(root: string): Buffer {
  const args = [
    '--create',
    ...leftOut.map((path) => `--exclude=${path}`),
    ...shared.map((name) => `test/${name}`),
  ];
  return execFileSync('tar', args, { cwd: root, maxBuffer: 2 ** 28 });
}
