/** A program as a zip file of a project. */
import { downloadZip } from 'client-zip';
import { parsePackageManifest } from '../../engine/packages/manifest.ts';
import { importedPackages } from '../../engine/packages/npm-packages.ts';
import { projectFiles, projectName } from './project.ts';
import type { ProjectSource } from './project.ts';
import { saveFile } from '../save-file.ts';
import { commandOf, ShareError } from './shared-program.ts';
import type { SharedProgram } from './shared-program.ts';

/** Major version of Node that the book is written for. */
export const nodeVersion = 24;

/**
 * A program with what its project says of it: the npm packages that it names or mentions, in the versions of this site.
 * Rejects with a `ShareError` where their list cannot be loaded.
 */
export async function projectSourceOf(
  program: SharedProgram,
  packages: readonly string[],
): Promise<ProjectSource> {
  const { base = '/' } = document.documentElement.dataset;
  // What follows may be another program.
  const url = new URL(location.pathname, location.href).href;
  try {
    const response = await fetch(`${base}packages/manifest.json`);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    const manifest = parsePackageManifest(await response.json());
    const names = importedPackages({ ...program, packages, command: commandOf(program) }, manifest);
    const dependencies = Object.fromEntries(
      names.map((name) => [name, manifest.get(name)?.version ?? '*'] as const),
    );
    return { ...program, dependencies, url, nodeVersion };
  } catch (cause) {
    const message =
      'The list of npm packages could not be loaded from this site. Check the connection and try again.';
    throw new ShareError(message, { cause });
  }
}

/** Gives the browser a zip file to save: one folder, with a `package.json` and a README beside the program. */
export async function downloadProject(source: ProjectSource): Promise<void> {
  const name = projectName(source.title);
  const lastModified = new Date();
  const files = Object.entries(projectFiles(source)).map(([file, input]) => ({
    name: `${name}/${file}`,
    input,
    lastModified,
  }));
  saveFile(await downloadZip(files).blob(), `${name}.zip`);
}
