/** EPUBCheck, the W3C's own judge of EPUB files: where it is installed, else installed as a Debian package. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { installPackages } from '../system-programs.ts';

const debianJar = '/usr/share/java/epubcheck.jar';

/** What it prints of a file; throws with all of it where it finds an error or a warning. */
export async function checkEpub(path: string): Promise<string> {
  const [command, ...args] = findEpubcheck() ?? installEpubcheck();
  const { stdout, stderr } = await promisify(execFile)(command, [...args, '--failonwarnings', path]);
  return stdout + stderr;
}

/** The command, or undefined where there is none. */
function findEpubcheck(): [command: string, ...args: string[]] | undefined {
  if (existsSync(debianJar)) return ['java', '-jar', debianJar];
  try {
    execFileSync('epubcheck', ['--version'], { stdio: 'ignore' });
    return ['epubcheck'];
  } catch {
    return undefined;
  }
}

function installEpubcheck(): [command: string, ...args: string[]] {
  const failure = installPackages('epubcheck', 'default-jre-headless');
  const found = findEpubcheck();
  if (!found) throw new Error(`There is no EPUBCheck here. ${failure ?? ''}`);
  return found;
}
