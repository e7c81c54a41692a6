/** `vercel.json`, for the site's folder as a project without a build. */
import { IMMUTABLE, type HostFile, type Serving } from './serving.ts';

/**
 * What Vercel sends by itself for files that may change is what it should be, so that no path has two rules for one header.
 * Source: https://vercel.com/docs/project-configuration/vercel-json
 */
export function vercelFile({ base, headers, hashed }: Serving): HostFile {
  const configuration = {
    $schema: 'https://openapi.vercel.sh/vercel.json',
    framework: null,
    // A page has one address, with its slash, as everywhere else.
    trailingSlash: true,
    headers: [
      { source: `${base}(.*)`, headers: headers.map(([key, value]) => ({ key, value })) },
      { source: `${base}(${hashed})`, headers: [{ key: 'Cache-Control', value: IMMUTABLE }] },
    ],
  };
  return { path: 'vercel.json', text: `${JSON.stringify(configuration, undefined, 2)}\n` };
}
