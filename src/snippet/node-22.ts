/** The Node that WebContainers run, from its npm binary package: every program must print the same there. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const node22Version = '22.22.3';

/** Path of the binary; installs it on first use, in a cache beside the other packages. Throws when that is not possible. */
export async function installNode22(): Promise<string> {
  const directory = resolve('node_modules/.cache/loopbook', `node-${node22Version}`);
  // npm names the Windows platform "win"; macOS on Apple silicon is "darwin-arm64" as in process.platform.
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const binary = join(
    directory,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(binary)) return binary;

  await mkdir(directory, { recursive: true });
  const install = [
    'install',
    '--prefix',
    directory,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  try {
    await promisify(execFile)('npm', [...install, `${name}@${node22Version}`], {
      shell: process.platform === 'win32',
    });
  } catch (error) {
    throw new Error(
      `Could not install ${name}@${node22Version} with npm. Is the package registry reachable?`,
      { cause: error },
    );
  }
  return binary;
}
