/** The step of the build that writes what hosts read. */
import { glob, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PublishStep } from '../built-site.ts';
import { apacheFile } from './apache.ts';
import { azureFile } from './azure.ts';
import { caddyFile } from './caddy.ts';
import { cloudFrontFunction, cloudFrontPolicy } from './cloudfront.ts';
import { dockerFile } from './docker.ts';
import { firebaseFile } from './firebase.ts';
import { headersFile } from './headers-file.ts';
import { nginxFile } from './nginx.ts';
import { describeServing, type HostFile, type Serving } from './serving.ts';
import { vercelFile } from './vercel.ts';

/** All files for hosts. */
export function hostFiles(serving: Serving): HostFile[] {
  return [
    headersFile(serving),
    vercelFile(serving),
    firebaseFile(serving),
    azureFile(serving),
    apacheFile(serving),
    nginxFile(serving),
    caddyFile(serving),
    dockerFile(serving),
    cloudFrontPolicy(serving),
    cloudFrontFunction(),
    // GitHub Pages would leave out folders such as _astro, as Jekyll does.
    { path: '.nojekyll', text: '' },
  ];
}

/** Goes last: it lists the files that are there. */
export const hosts: PublishStep = {
  name: 'files for hosts',
  async run({ directory, configuration }) {
    const found = await Array.fromAsync(glob('**/*.*', { cwd: directory }));
    const files = hostFiles(
      describeServing(
        configuration,
        found.map((path) => path.replaceAll('\\', '/')),
      ),
    );
    for (const { path, text } of files) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return files.map(({ path }) => path).join(', ');
  },
};
