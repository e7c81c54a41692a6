/** Checks of the service worker, which isolates pages where the host cannot, and keeps chapters for reading offline. */
import type { Answer, DeployedSite } from './deployed-site.ts';
import { error, warning, type Finding } from './finding.ts';

/** At the top of the site, so that its scope is the whole site. */
const NAME = 'service-worker.js';

/** The worker's script where a browser would take it. */
export async function findServiceWorker(site: DeployedSite): Promise<Answer | undefined> {
  const answer = await site.get(NAME);
  return answer.status === 200 && isScript(answer) ? answer : undefined;
}

/** Whether it is there as a script, at its own address, and not kept for long. */
export async function checkServiceWorker(site: DeployedSite): Promise<Finding[]> {
  const worker = await findServiceWorker(site);
  if (worker) {
    const age = Number(/max-age=(\d+)/.exec(worker.headers.get('cache-control') ?? '')?.[1] ?? 0);
    return age > 86_400 && worker.headers.get('cache-control')?.includes('immutable')
      ? [
          warning(
            'The service worker is marked as immutable, though its name stays the same.',
            'Let hosts mark hashed names alone.',
          ),
        ]
      : [];
  }
  const answer = await site.get(NAME);
  if (answer.status === 200) {
    return [
      error(
        `${answer.url} comes as ${answer.headers.get('content-type') ?? 'no type'} instead of text/javascript, so that no browser takes it for a service worker.`,
        'Let the host send .js as text/javascript.',
      ),
    ];
  }
  if (answer.status < 400) {
    return [
      error(`${answer.url} leads elsewhere, which a service worker must not.`, 'Take out the redirect.'),
    ];
  }
  return [error('The service worker of the site is not there.', 'Upload all of dist.')];
}

function isScript({ headers }: Answer): boolean {
  return /^(?:text|application)\/(?:x-)?javascript/.test(headers.get('content-type') ?? '');
}
