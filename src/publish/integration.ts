/** The last steps of the build, in their order. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { readConfiguration } from '../layouts/configuration.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import type { PublishStep } from './built-site.ts';
import { filesToTake } from './files-to-take.ts';
import { hosts } from './hosts/step.ts';
import { icons } from './icons.ts';
import { searchIndex } from './search-index.ts';
import { serviceWorker } from './service-worker.ts';
import { socialImages } from './social-images.ts';

/** A step sees what those before it made. */
const steps: readonly PublishStep[] = [icons, socialImages, searchIndex, filesToTake, hosts, serviceWorker];

/** Runs the steps on what Astro built. */
export function publish(): AstroIntegration {
  return {
    name: 'loopbook:publish',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const site = {
          directory: resolve(fileURLToPath(dir)),
          content: resolve(contentFolder),
          configuration: readConfiguration(process.env),
        };
        for (const step of steps) logger.info(`${step.name}: ${await step.run(site)}`);
      },
    },
  };
}
