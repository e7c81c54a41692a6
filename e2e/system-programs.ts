/** Programs of the system that tests need: found, or installed as packages of Debian where this user may. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps programs, beside the folders of PATH. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];

/** The lists of packages are asked for once in a process. */
let areListsFresh = false;

/** The path of a program, or undefined. */
export function findProgram(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs the package of a program where it is missing; says why it is still missing. */
export function requireProgram(name: string, packageName = name): string | undefined {
  if (findProgram(name) !== undefined) return undefined;
  const failure = installPackages(packageName);
  if (failure !== undefined) return failure;
  return findProgram(name) === undefined ? `The package ${packageName} has no ${name}.` : undefined;
}

/** Installs packages of Debian where this user may; says what to do where that did not work. */
export function installPackages(...names: readonly string[]): string | undefined {
  const advice = `Install the package ${names.join(' and the package ')}.`;
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return advice;
  try {
    if (!areListsFresh) execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    areListsFresh = true;
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', ...names], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Installed, and not started as a service.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
    return undefined;
  } catch {
    return advice;
  }
}
