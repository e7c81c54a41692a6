/** `staticwebapp.config.json`, which Azure Static Web Apps reads. */
import { IMMUTABLE, MOST_RULES, NOT_FOUND, REVALIDATED, type HostFile, type Serving } from './serving.ts';

/** Azure refuses a longer file; bytes. */
export const MOST_BYTES = 20_000;

/**
 * The first route that matches counts, and its headers replace the global ones of the same name.
 * Source: https://learn.microsoft.com/azure/static-web-apps/configuration
 */
export function azureFile({ base, headers, hashedFolders, hashedFiles, types }: Serving): HostFile {
  const paths = [...hashedFolders.map((folder) => `${folder}/*`), ...hashedFiles];
  const configuration = {
    trailingSlash: 'always',
    globalHeaders: { ...Object.fromEntries(headers), 'Cache-Control': REVALIDATED },
    routes: paths
      .slice(0, MOST_RULES)
      .map((path) => ({ route: base + path, headers: { 'Cache-Control': IMMUTABLE } })),
    responseOverrides: { '404': { rewrite: base + NOT_FOUND } },
    mimeTypes: Object.fromEntries(Object.entries(types).map(([extension, type]) => [`.${extension}`, type])),
  };
  return { path: 'staticwebapp.config.json', text: `${JSON.stringify(configuration)}\n` };
}
