/** A program as a project on stackblitz.com. */
import sdk from '@stackblitz/sdk';
import { projectFiles } from './project.ts';
import type { ProjectSource } from './project.ts';

/** Opens the project in a new tab, where it is started. That sends it to stackblitz.com: only ever on a click. */
export function openInStackBlitz(source: ProjectSource): void {
  const { title, entry, url } = source;
  sdk.openProject(
    { title, description: `A program of ${url}`, template: 'node', files: projectFiles(source) },
    { newWindow: true, startScript: 'start', ...(entry === '' ? {} : { openFile: entry }) },
  );
}
