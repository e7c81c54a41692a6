/** `_headers`, which Netlify and Cloudflare Pages read. */
import { IMMUTABLE, MOST_RULES, type HostFile, type Serving } from './serving.ts';

/**
 * No header stands in two rules that match the same path: both hosts would join the values with a comma. What these hosts
 * send by themselves for files that may change is what it should be, so no rule says it.
 * Sources: https://docs.netlify.com/manage/routing/headers/, https://developers.cloudflare.com/pages/configuration/headers/
 */
export function headersFile({ base, headers, hashedFolders, hashedFiles }: Serving): HostFile {
  const rules = [
    [`${base}*`, ...headers.map(([name, value]) => `${name}: ${value}`)],
    ...[...hashedFolders.map((folder) => `${folder}/*`), ...hashedFiles].map((path) => [
      `${base}${path}`,
      `Cache-Control: ${IMMUTABLE}`,
    ]),
  ];
  return {
    path: '_headers',
    text: `${rules
      .slice(0, MOST_RULES)
      .map((lines) => lines.join('\n  '))
      .join('\n\n')}\n`,
  };
}
