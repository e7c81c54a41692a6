/** Checks of headers: isolation, and policies that somebody else has added. */
import type { Answer, DeployedSite } from './deployed-site.ts';
import { isSecure } from './addresses.ts';
import { error, unconfigured, warning, type Finding } from './finding.ts';
import type { SitePage } from './page.ts';
import { findServiceWorker } from './service-worker.ts';

/** The frame in which programs run. */
const FRAME = 'engine/frame.html';

/** Directives that leave alone what a page of the site may do. */
const HARMLESS = /^(?:frame-ancestors|report-|upgrade-insecure-requests|block-all-mixed-content)/;

/** COOP, COEP and CORP of a page and of the frame within it. */
export async function checkIsolation(site: DeployedSite, { coep }: SitePage): Promise<Finding[]> {
  const page = await site.get('');
  const frame = await followed(site, FRAME);
  const [opener, embedder] = [
    valueOf(page, 'Cross-Origin-Opener-Policy'),
    valueOf(page, 'Cross-Origin-Embedder-Policy'),
  ];
  if (opener === undefined && embedder === undefined) {
    const worker = isSecure(site.url) ? await findServiceWorker(site) : undefined;
    const text = 'Pages come without Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy.';
    return worker === undefined
      ? [
          unconfigured(
            'error',
            `${text} They are not isolated: no WebContainer runs, and the embedded engine is slower.`,
          ),
        ]
      : [
          unconfigured(
            'warning',
            `${text} The service worker adds them, with one reload at a reader’s first Run.`,
          ),
        ];
  }
  const found: Finding[] = [];
  if (opener !== 'same-origin') {
    found.push(
      unconfigured(
        'error',
        `Cross-Origin-Opener-Policy is ${opener ?? 'not there'} instead of same-origin, so pages are not isolated.`,
      ),
    );
  }
  if (embedder !== 'require-corp' && embedder !== 'credentialless') {
    found.push(
      unconfigured(
        'error',
        `Cross-Origin-Embedder-Policy is ${embedder ?? 'not there'} instead of ${coep}, so pages are not isolated.`,
      ),
    );
  } else if (embedder !== coep) {
    found.push(
      error(
        `Cross-Origin-Embedder-Policy is ${embedder}, and the site was built for ${coep}.`,
        `Build it again with LOOPBOOK_COEP=${embedder}.`,
      ),
    );
  } else if (frame && valueOf(frame, 'Cross-Origin-Embedder-Policy') === undefined) {
    found.push(
      unconfigured(
        'error',
        `${FRAME} comes without Cross-Origin-Embedder-Policy, so that an isolated page cannot show it, and no program runs in the embedded engine.`,
      ),
    );
  }
  for (const answer of [page, frame]) {
    const resource = answer && valueOf(answer, 'Cross-Origin-Resource-Policy');
    if (answer && resource === undefined) {
      found.push(
        unconfigured('warning', `${answer.url} comes without Cross-Origin-Resource-Policy: same-origin.`),
      );
    }
  }
  return found;
}

/** Content-Security-Policy, X-Frame-Options, nosniff, Referrer-Policy. */
export async function checkPolicies(site: DeployedSite): Promise<Finding[]> {
  const page = await site.get('');
  const found: Finding[] = [];
  const policy = valueOf(page, 'Content-Security-Policy') ?? '';
  const directives = policy
    .split(/[;,]/)
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '');
  const added = directives.filter((directive) => !HARMLESS.test(directive));
  if (added.length > 0) {
    found.push(
      error(
        `The host sends a Content-Security-Policy of its own: ${added.join('; ')}. It counts beside the one in each page, and may keep programs, search or the editor from working.`,
        "Send frame-ancestors 'self' alone; each page says the rest.",
      ),
    );
  }
  const ancestors = directives.find((directive) => directive.startsWith('frame-ancestors'));
  const options = valueOf(page, 'X-Frame-Options')?.toUpperCase();
  if (ancestors === undefined && options === undefined) {
    found.push(
      unconfigured(
        'warning',
        "Pages come without Content-Security-Policy: frame-ancestors 'self', so other sites can show them in a frame.",
      ),
    );
  } else if (/'none'/.test(ancestors ?? '') || (ancestors === undefined && options === 'DENY')) {
    found.push(
      error(
        `${ancestors ?? `X-Frame-Options: ${options}`} keeps the site from framing its own pages: no program runs in the embedded engine.`,
        "Send Content-Security-Policy: frame-ancestors 'self'.",
      ),
    );
  }
  if (valueOf(page, 'X-Content-Type-Options')?.toLowerCase() !== 'nosniff') {
    found.push(unconfigured('warning', 'Answers come without X-Content-Type-Options: nosniff.'));
  }
  if (valueOf(page, 'Referrer-Policy') === undefined) {
    found.push(
      unconfigured('warning', 'Pages come without Referrer-Policy: strict-origin-when-cross-origin.'),
    );
  }
  if (valueOf(page, 'Permissions-Policy')?.includes('cross-origin-isolated=()')) {
    found.push(
      warning(
        'Permissions-Policy forbids cross-origin-isolated, so pages are not isolated.',
        'Take that part out.',
      ),
    );
  }
  return found;
}

/** The value, or undefined where it is missing. Values that were sent twice are joined with a comma. */
function valueOf({ headers }: Answer, name: string): string | undefined {
  return headers.get(name)?.trim() || undefined;
}

/** An answer after the redirect that hosts without `.html` in addresses make. */
async function followed(site: DeployedSite, path: string): Promise<Answer | undefined> {
  const answer = await site.get(path);
  const location = answer.headers.get('location');
  const last = location === null ? answer : await site.get(new URL(location, answer.url).href);
  return last.status === 200 ? last : undefined;
}
