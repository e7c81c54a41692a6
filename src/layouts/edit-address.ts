/** Where a reader suggests a change to a file of the book. */
import type { Configuration } from './configuration.ts';

/**
 * The address of the page that edits a file of the repository, by its path there; undefined without a repository, for a file
 * outside of it, and on a host that is not known to be a GitHub or a GitLab.
 */
export function editAddress(
  { repository, branch }: Pick<Configuration, 'repository' | 'branch'>,
  path: string,
): string | undefined {
  if (repository === undefined || /^(?:\.\.|\/|[a-z]:)/i.test(path)) return undefined;
  const { hostname } = new URL(repository);
  const file = encodeURI(`${branch}/${path}`);
  if (hostname.includes('github')) return `${repository}/edit/${file}`;
  if (hostname.includes('gitlab')) return `${repository}/-/edit/${file}`;
  return undefined;
}
