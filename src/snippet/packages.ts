/** The npm packages that programs may import: their names, an installation of the locked versions, and the files of each. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, glob, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const folder = 'packages';
const dependencies = z.record(z.string(), z.string()).default({});
const packageSchema = z.object({ dependencies });
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dependencies,
      optionalDependencies: dependencies,
      peerDependencies: dependencies,
    }),
  ),
});

/** What the lock file says about a package that is installed. */
export type LockedPackage = z.infer<typeof lockSchema>['packages'][string];

/** Names of the packages that programs may import: the dependencies of `content/packages/package.json`. */
export async function readPackageNames(contentDirectory: string): Promise<string[]> {
  const path = join(contentDirectory, folder, 'package.json');
  if (!existsSync(path)) return [];
  return Object.keys(packageSchema.parse(JSON.parse(await readFile(path, 'utf8'))).dependencies);
}

/** The locked versions on this disk. */
export class InstalledPackages {
  /** Has the `node_modules` in it. */
  readonly directory: string;
  readonly #locked: Readonly<Record<string, LockedPackage>>;

  private constructor(directory: string, locked: Readonly<Record<string, LockedPackage>>) {
    this.directory = directory;
    this.#locked = locked;
  }

  /** Installs them on first use, in a cache beside the site's own packages, without running their scripts. */
  static async open(contentDirectory: string): Promise<InstalledPackages> {
    const source = join(contentDirectory, folder);
    const lock = await readFile(join(source, 'package-lock.json'), 'utf8');
    const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
    const cache = resolve('node_modules/.cache/loopbook');
    const directory = join(cache, `packages-${version}`);
    if (!existsSync(directory)) await install(source, cache, directory);
    return new InstalledPackages(directory, lockSchema.parse(JSON.parse(lock)).packages);
  }

  /** A package that programs name and all that it needs, as paths such as `node_modules/a/node_modules/b`, in order. */
  withDependencies(name: string): string[] {
    const found = new Set<string>();
    const add = (from: string, wanted: string): void => {
      const path = this.#resolve(from, wanted);
      if (path === undefined || found.has(path)) return;
      found.add(path);
      const { dependencies: needs, optionalDependencies, peerDependencies } = this.#get(path);
      for (const each of Object.keys({ ...needs, ...optionalDependencies, ...peerDependencies }))
        add(path, each);
    };
    add('', name);
    if (found.size === 0) throw new Error(`${name} is not in content/packages/package-lock.json.`);
    return [...found].toSorted();
  }

  /** What the lock file says about a path of `withDependencies`. */
  #get(path: string): LockedPackage {
    const locked = this.#locked[path];
    if (!locked) throw new Error(`content/packages/package-lock.json has no ${path}.`);
    return locked;
  }

  /** Version and licence of a path of `withDependencies`. */
  describe(path: string): { readonly version: string; readonly license: string } {
    const { version = '', license = '' } = this.#get(path);
    return { version, license };
  }

  /** Names of the files that programs need of a package with its dependencies, from the `node_modules` down, in order. */
  async files(name: string): Promise<string[]> {
    const names = await Promise.all(
      this.withDependencies(name).map(async (path) => {
        const found: string[] = [];
        const options = { cwd: join(this.directory, path), withFileTypes: true } as const;
        for await (const entry of glob('**/*', {
          ...options,
          exclude: ({ name: each }) => isLeftOut(each),
        })) {
          if (!entry.isFile()) continue;
          const below = join(entry.parentPath, entry.name).slice(join(this.directory, path).length + 1);
          found.push([path, ...below.split(sep)].join('/'));
        }
        return found;
      }),
    );
    return names.flat().toSorted();
  }

  /** Copies what programs need of packages into `<directory>/node_modules`. */
  async copy(names: readonly string[], directory: string): Promise<void> {
    const files = new Set((await Promise.all(names.map((name) => this.files(name)))).flat());
    for (const file of files) {
      const target = join(directory, file);
      await mkdir(resolve(target, '..'), { recursive: true });
      await copyFile(join(this.directory, file), target);
    }
  }

  /** As Node looks for it: beside the package that wants it, then further up. */
  #resolve(from: string, wanted: string): string | undefined {
    for (let parent = from; ; parent = parent.slice(0, Math.max(parent.lastIndexOf('/node_modules/'), 0))) {
      const path = [parent, 'node_modules', wanted].filter(Boolean).join('/');
      if (this.#locked[path]) return path;
      if (parent === '') return undefined;
    }
  }
}

/** Folders of packages that no program reads. */
const idleFolders = /^(?:node_modules|tests?|__tests__|docs?|examples?|bench(?:mark)?s?|coverage|\..*)$/;
/** Files that no program reads: Node does not run TypeScript in packages. Licences stay. */
const idleFiles = /\.(?:map|[cm]?ts|tsx|flow|md|markdown|tsbuildinfo|ya?ml)$/i;
const licence = /^(?:licen[cs]e|copying|notice)/i;

function isLeftOut(name: string): boolean {
  return idleFolders.test(name) || (idleFiles.test(name) && !licence.test(name));
}

async function install(source: string, cache: string, directory: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'installing-'));
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(source, file), join(unfinished, file));
  try {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: unfinished,
      shell: process.platform === 'win32',
    });
    await rename(unfinished, directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was faster.
    if (existsSync(directory)) return;
    throw new Error(
      'Could not install the packages of content/packages with npm. Is the package registry reachable, and does package-lock.json fit package.json?',
      { cause: error },
    );
  }
}
