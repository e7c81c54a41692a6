/** The npm packages that programs may import: their names, an installation of the locked versions, and the files of each. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const packagesFolder = 'packages';
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

/** Names of the packages that programs may import: the dependencies of its `packages/package.json`, none where there is no such file. */
export async function readPackageNames(contentDirectory: string): Promise<string[]> {
  const path = join(contentDirectory, packagesFolder, 'package.json');
  if (!existsSync(path)) return [];
  return Object.keys(packageSchema.parse(JSON.parse(await readFile(path, 'utf8'))).dependencies);
}

/** Those of the packages that files name between quotation marks, as an import, a `require` or a manifest does; in the order of `names`. */
export function mentionedPackages(
  files: Readonly<Record<string, string>>,
  names: readonly string[],
): string[] {
  const mentioned = new Set<string | undefined>();
  for (const text of Object.values(files)) {
    for (const match of text.matchAll(/(?<=['"`])((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"`\s]*)?(?=['"`])/g))
      mentioned.add(match[1]);
  }
  // A program may bring a package of its own.
  const isOwn = (name: string): boolean =>
    Object.keys(files).some((file) => file.startsWith(`node_modules/${name}/`));
  return names.filter((name) => mentioned.has(name) && !isOwn(name));
}

/** The locked versions on this disk. */
export class InstalledPackages {
  /** Has the `node_modules` in it. */
  readonly directory: string;
  readonly #locked: Readonly<Record<string, LockedPackage>>;

  /** `lock` is what the lock file holds; throws where it has another form. */
  constructor(directory: string, lock: unknown) {
    this.directory = directory;
    this.#locked = lockSchema.parse(lock).packages;
  }

  /** Installs them on first use, in a cache beside the site's own packages, without running their scripts. */
  static async open(contentDirectory: string): Promise<InstalledPackages> {
    const source = join(contentDirectory, packagesFolder);
    const lock = await readFile(join(source, 'package-lock.json'), 'utf8').catch((cause: unknown) => {
      throw new Error(
        `${source} has no package-lock.json. There, run: npm install --package-lock-only --ignore-scripts`,
        { cause },
      );
    });
    const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
    const cache = resolve('node_modules/.cache/loopbook');
    const directory = join(cache, `packages-${version}`);
    if (!existsSync(directory)) await install(source, cache, directory);
    return new InstalledPackages(directory, JSON.parse(lock));
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
    if (found.size === 0) throw new Error(`${name} is not in packages/package-lock.json.`);
    return [...found].toSorted();
  }

  /** What the lock file says about a path of `withDependencies`. */
  #get(path: string): LockedPackage {
    const locked = this.#locked[path];
    if (!locked) throw new Error(`packages/package-lock.json has no ${path}.`);
    return locked;
  }

  /** Version and licence of a path of `withDependencies`. */
  describe(path: string): { readonly version: string; readonly license: string } {
    const { version = '', license = '' } = this.#get(path);
    return { version, license };
  }

  /** Names of the files that programs need of a package itself (a path of `withDependencies`), from the `node_modules` down, in order. */
  async files(path: string): Promise<string[]> {
    const found: string[] = [];
    const visit = async (folder: string): Promise<void> => {
      const entries = await readdir(join(this.directory, folder), { withFileTypes: true });
      for (const entry of entries) {
        const below = `${folder}/${entry.name}`;
        if (entry.isDirectory() && !isIdleFolder(entry.name, folder === path)) await visit(below);
        if (entry.isFile() && !isIdleFile(entry.name)) found.push(below);
      }
    };
    await visit(path);
    return found.toSorted();
  }

  /** Copies what programs need of packages into `<directory>/node_modules`. */
  async copy(names: readonly string[], directory: string): Promise<void> {
    const paths = new Set(names.flatMap((name) => this.withDependencies(name)));
    const files = await Promise.all([...paths].map((path) => this.files(path)));
    for (const file of files.flat()) {
      const target = join(directory, file);
      await mkdir(dirname(target), { recursive: true });
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

/** Folders that no program reads, at the top of a package: deeper, such a name may mean something else. */
const idleFolders = /^(?:tests?|docs?|examples?|bench(?:mark)?s?|coverage)$/;
/** Files that no program reads: Node does not run TypeScript in packages. Licences stay. */
const idleFiles = /^\..|\.(?:map|[cm]?ts|tsx|flow|md|markdown|tsbuildinfo|ya?ml)$/i;
const licence = /^(?:licen[cs]e|copying|notice)/i;

function isIdleFolder(name: string, isAtTop: boolean): boolean {
  // Packages in a package have paths of their own.
  return name === 'node_modules' || name.startsWith('.') || (isAtTop && idleFolders.test(name));
}

function isIdleFile(name: string): boolean {
  return idleFiles.test(name) && !licence.test(name);
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
      'Could not install the packages of the book with npm. Is the package registry reachable, and does packages/package-lock.json fit package.json?',
      { cause: error },
    );
  }
}
