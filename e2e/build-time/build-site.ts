/** Builds the site as `astro build` does, with a cache of its own: `node e2e/build-time/build-site.ts <folder for site and cache>` */
import { join } from 'node:path';
import { build } from 'astro';

const directory = process.argv[2];
if (directory === undefined) throw new Error('Which folder does the site go to?');
await build({ outDir: join(directory, 'site'), cacheDir: join(directory, 'cache') });
