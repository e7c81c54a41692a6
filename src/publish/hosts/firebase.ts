/** `firebase.json`, for `firebase deploy` in the site's folder. */
import { IMMUTABLE, REVALIDATED, literal, type HostFile, type Serving } from './serving.ts';

/**
 * Of two rules that set the same header, the later one counts. Without `trailingSlash`, Hosting leads to the slash just where
 * a folder has a page. Source: https://firebase.google.com/docs/hosting/full-config
 */
export function firebaseFile({ base, headers, hashed, filesForHosts }: Serving): HostFile {
  const all = [...headers, ['Cache-Control', REVALIDATED] as const];
  const configuration = {
    hosting: {
      public: '.',
      ignore: ['**/.*', ...filesForHosts],
      headers: [
        { source: '**', headers: all.map(([key, value]) => ({ key, value })) },
        {
          regex: `^${literal(base)}(?:${hashed})$`,
          headers: [{ key: 'Cache-Control', value: IMMUTABLE }],
        },
      ],
    },
  };
  return { path: 'firebase.json', text: `${JSON.stringify(configuration, undefined, 2)}\n` };
}
