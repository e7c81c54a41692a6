/**
 * `npm run packages`: writes `public/packages/`, the npm packages that programs may import, for engines to mount. Does
 * nothing when what is there was made from the same lock file by the same code.
 *
 * One archive a package that programs name, with its dependencies where npm put them. What it needs of another package that
 * programs name is in that one's archive alone. Dependencies that two archives have are the same files in the same places,
 * so that mounting both does no harm.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { contentFolder } from './content-folder.ts';
import { InstalledPackages, readPackageNames } from './packages.ts';
import { createTar } from './tar.ts';

/** An entry of the manifest: `PackedPackage` in the engine. */
interface Packed {
  readonly version: string;
  readonly archive: string;
  readonly size: number;
  readonly needs: readonly string[];
}

const content = resolve(contentFolder);
const output = resolve('public/packages');
const manifest = join(output, 'manifest.json');
/** The lock file of a book whose programs import none. */
const noPackages = { packages: {} };

const source = await hashOfSource();
if (await isMadeFrom(source)) {
  console.log('public/packages is up to date.');
} else {
  await pack();
}

async function pack(): Promise<void> {
  const names = await readPackageNames(content);
  const installed =
    names.length === 0 ? new InstalledPackages(content, noPackages) : await InstalledPackages.open(content);
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });

  const packages: Record<string, Packed> = {};
  let total = 0;
  for (const name of names) {
    const closure = installed.withDependencies(name);
    const needs = names.filter((other) => other !== name && closure.includes(`node_modules/${other}`));
    const elsewhere = new Set(needs.flatMap((other) => installed.withDependencies(other)));
    const tar = await archive(
      installed,
      closure.filter((path) => !elsewhere.has(path)),
    );
    const hash = createHash('sha256').update(tar).digest('hex').slice(0, 12);
    // Not `.gz`: some hosts declare that as an encoding, and browsers then unpack it on their own.
    const file = `${name.replace('@', '').replace('/', '-')}.${hash}.bin`;
    const compressed = gzipSync(tar, { level: 9 });
    await writeFile(join(output, file), compressed);
    const { version } = installed.describe(`node_modules/${name}`);
    packages[name] = { version, archive: file, size: tar.length, needs };
    total += compressed.length;
    console.log(`${kilobytes(compressed.length)}  ${name} ${version}`);
  }
  await writeFile(join(output, 'NOTICES.txt'), await notices(installed, names));
  // Last, because it says that all the rest is there.
  await writeFile(manifest, `${JSON.stringify({ source, packages }, undefined, 2)}\n`);
  console.log(`${kilobytes(total)}  in public/packages`);
}

/** What the archives are made from: the packages with their versions, and this code. */
async function hashOfSource(): Promise<string> {
  const files = [
    ...['package.json', 'package-lock.json'].map((name) => join(content, 'packages', name)),
    ...['pack.ts', 'packages.ts', 'tar.ts'].map((name) => join(import.meta.dirname, name)),
  ];
  const hash = createHash('sha256');
  for (const file of files) if (existsSync(file)) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

async function isMadeFrom(wanted: string): Promise<boolean> {
  if (!existsSync(manifest)) return false;
  const made: unknown = JSON.parse(await readFile(manifest, 'utf8'));
  return typeof made === 'object' && made !== null && Reflect.get(made, 'source') === wanted;
}

async function archive(installed: InstalledPackages, paths: readonly string[]): Promise<Buffer> {
  const files = (await Promise.all(paths.map((path) => installed.files(path)))).flat();
  return createTar(
    await Promise.all(
      files.map(async (file) => ({
        name: file.slice('node_modules/'.length),
        content: await readFile(join(installed.directory, file)),
      })),
    ),
  );
}

/** Every package that an archive contains, with the text of its licence. */
async function notices(installed: InstalledPackages, names: readonly string[]): Promise<string> {
  if (names.length === 0) return 'The programs of this site import no npm packages.\n';
  const paths = new Set(names.flatMap((name) => installed.withDependencies(name)));
  const texts = [...paths].toSorted().map(async (path) => {
    const { version, license } = installed.describe(path);
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isLicence = (file: string): boolean => /^\/(?:licen[cs]e|copying|notice)[^/]*$/i.test(file);
    const found = (await installed.files(path)).find((file) => isLicence(file.slice(path.length)));
    const text = found === undefined ? '' : await readFile(join(installed.directory, found), 'utf8');
    return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}`.trim();
  });
  const rule = `\n\n${'-'.repeat(72)}\n\n`;
  return `The npm packages that programs of this site may import.${rule}${(await Promise.all(texts)).join(rule)}\n`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
