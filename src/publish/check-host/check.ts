/** All checks of a deployed site. */
import { checkAddress, checkPaths } from './addresses.ts';
import { DeployedSite } from './deployed-site.ts';
import { checkFiles } from './files.ts';
import { error, type Finding } from './finding.ts';
import { checkIsolation, checkPolicies } from './headers.ts';
import { hostKind } from './host-kind.ts';
import { readPage } from './page.ts';
import { checkServiceWorker } from './service-worker.ts';

/** What is to be said of a site; errors stand before warnings. */
export interface Report {
  readonly host: string;
  readonly findings: readonly Finding[];
  /** What to do about those that the host's configuration would mend. */
  readonly configuration: string;
}

/** Asks a site for its pages and files. Rejects with a sentence where nobody answers. */
export async function checkHost(address: string): Promise<Report> {
  const site = new DeployedSite(await contentsAddress(address));
  const contents = await site.get('');
  const { name, fix } = hostKind(contents.headers);
  const page = readPage(contents.text);
  if (contents.status !== 200 || page.base === undefined) {
    const what =
      contents.status === 200 ? 'is not a page of a book' : `is answered with status ${contents.status}`;
    return {
      host: name,
      configuration: fix,
      findings: [
        error(
          `${site.url.href} ${what}.`,
          'Give the address of the contents page, where dist/index.html is.',
        ),
      ],
    };
  }
  const findings = [
    ...checkAddress(site, page),
    ...(await checkIsolation(site, page)),
    ...(await checkPolicies(site)),
    ...(await checkServiceWorker(site)),
    // Where the base is wrong, no path is right.
    ...(page.base === site.url.pathname
      ? [...(await checkPaths(site, page)), ...(await checkFiles(site, page))]
      : []),
  ];
  return {
    host: name,
    configuration: fix,
    findings: findings.toSorted(
      (one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'),
    ),
  };
}

/** Where the address leads: hosts redirect to HTTPS, to `www` or to a slash. */
async function contentsAddress(address: string): Promise<URL> {
  const { href } = new URL(address.endsWith('/') ? address : `${address}/`);
  const response = await fetch(href, { signal: AbortSignal.timeout(30_000) }).catch((cause: unknown) => {
    throw new Error(`${href} does not answer.`, { cause });
  });
  await response.body?.cancel();
  const url = new URL(response.url);
  url.search = url.hash = '';
  return url;
}
