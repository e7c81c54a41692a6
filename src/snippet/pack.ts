/**
 * `npm run packages`: writes `public/packages/`, the npm packages that programs may import, for engines to mount.
 *
 * One archive a package, with all of its dependencies where npm put them: a program needs one request for each package
 * that it names. Packages that share a dependency have the same files of it in the same places, so that mounting both
 * does no harm.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InstalledPackages, readPackageNames } from './packages.ts';
import { createTar } from './tar.ts';

const content = resolve('content');
const output = resolve('public/packages');

const installed = await InstalledPackages.open(content);
const names = await readPackageNames(content);
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

const packages: Record<string, { readonly version: string; readonly archive: string }> = {};
let total = 0;
for (const name of names) {
  const tar = await archive(name);
  const hash = createHash('sha256').update(tar).digest('hex').slice(0, 12);
  // Not `.gz`: some hosts declare that as an encoding, and browsers then unpack it on their own.
  const file = `${name.replace('@', '').replace('/', '-')}.${hash}.bin`;
  const compressed = gzipSync(tar, { level: 9 });
  await writeFile(join(output, file), compressed);
  const { version } = installed.describe(`node_modules/${name}`);
  packages[name] = { version, archive: file };
  total += compressed.length;
  console.log(`${kilobytes(compressed.length)}  ${name} ${version}`);
}
await writeFile(join(output, 'manifest.json'), `${JSON.stringify({ packages }, undefined, 2)}\n`);
await writeFile(join(output, 'NOTICES.txt'), await notices());
console.log(`${kilobytes(total)}  in public/packages`);

async function archive(name: string): Promise<Buffer> {
  const files = await installed.files(name);
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
async function notices(): Promise<string> {
  const paths = new Set(names.flatMap((name) => installed.withDependencies(name)));
  const files = (await Promise.all(names.map((name) => installed.files(name)))).flat();
  const texts = [...paths].toSorted().map(async (path) => {
    const { version, license } = installed.describe(path);
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isLicence = (file: string): boolean => /^\/(?:licen[cs]e|copying|notice)[^/]*$/i.test(file);
    const found = files.find((file) => file.startsWith(path) && isLicence(file.slice(path.length)));
    const text = found === undefined ? '' : await readFile(join(installed.directory, found), 'utf8');
    return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}`.trim();
  });
  const rule = `\n\n${'-'.repeat(72)}\n\n`;
  return `The npm packages that programs of this site may import.${rule}${(await Promise.all(texts)).join(rule)}\n`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
