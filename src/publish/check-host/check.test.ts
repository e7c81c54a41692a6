import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isSecure } from './addresses.ts';
import { checkHost } from './check.ts';
import { hostKind } from './host-kind.ts';

/** A file of the host; without one, what is not there. */
interface File {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

const REVALIDATED = { 'cache-control': 'public, max-age=0, must-revalidate' };
const IMMUTABLE = { 'cache-control': 'public, max-age=31536000, immutable' };
const everywhere = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
};
const contents = `<!doctype html><html lang="en" data-base="/repo/" data-coep="require-corp"><head>
  <link rel="stylesheet" href="/repo/_astro/page.D1.css"><script type="module" src="/repo/_astro/page.D1.js"></script>
  </head><body><a href="/repo/">Contents</a> <a href="/repo/part/chapter/">Chapter</a></body></html>`;
const html = { 'content-type': 'text/html; charset=utf-8', ...REVALIDATED };
const js = { 'content-type': 'text/javascript' };
const library = 'x'.repeat(50_000);

/** A host on which nothing is missing. */
const good: Readonly<Record<string, File>> = {
  '/repo/': { body: contents, headers: html },
  '/repo/part/chapter/': { body: contents, headers: html },
  '/repo/part/chapter': { status: 301, headers: { location: '/repo/part/chapter/' } },
  '/repo/_astro/page.D1.css': { headers: { 'content-type': 'text/css', ...IMMUTABLE } },
  '/repo/_astro/page.D1.js': { headers: { ...js, ...IMMUTABLE } },
  '/repo/engine/frame.html': { headers: html },
  '/repo/engine/manifest.json': {
    body: '{"frame":"frame.html","library":"library.0123456789ab.txt"}',
    headers: { 'content-type': 'application/json', ...REVALIDATED },
  },
  '/repo/engine/library.0123456789ab.txt': {
    body: library,
    headers: { 'content-type': 'text/plain', ...IMMUTABLE },
  },
  '/repo/packages/manifest.json': { body: '{}', headers: { 'content-type': 'application/json' } },
  '/repo/preview/manifest.json': { body: '{}', headers: { 'content-type': 'application/json' } },
  '/repo/types/manifest.json': { body: '{}', headers: { 'content-type': 'application/json' } },
  '/repo/service-worker.js': { headers: { ...js, ...REVALIDATED } },
};
const notFound: File = { status: 404, body: contents, headers: html };

/** What is found on a host with these files and headers in place of the good ones; undefined takes one away. */
async function findingsOn(
  files: Readonly<Record<string, File | undefined>> = {},
  headers: Readonly<Record<string, string | undefined>> = {},
  { compresses = true, missing = notFound }: { compresses?: boolean; missing?: File } = {},
): Promise<string[]> {
  const all: Readonly<Record<string, File | undefined>> = { ...good, ...files };
  const server = createServer((request, response) => {
    const file = all[new URL(request.url ?? '/', 'http://localhost').pathname] ?? missing;
    for (const [name, value] of Object.entries({ ...everywhere, ...headers, ...file.headers })) {
      if (value !== undefined) response.setHeader(name, value);
    }
    const body = file.body ?? '';
    if (compresses) response.setHeader('content-encoding', 'gzip');
    response.writeHead(file.status ?? 200).end(compresses ? gzipSync(body) : body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    const { findings } = await checkHost(`http://127.0.0.1:${address.port}/repo/`);
    return findings.map(({ severity, text }) => `${severity}: ${text}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

suite('a deployed site is checked', () => {
  test('with nothing missing, nothing is said', async () => {
    assert.deepEqual(await findingsOn(), []);
  });

  const withoutIsolation = {
    'cross-origin-opener-policy': undefined,
    'cross-origin-embedder-policy': undefined,
  };
  const faults: readonly (readonly [fault: string, find: () => Promise<string[]>, expected: RegExp])[] = [
    [
      'isolation is left to the service worker',
      () => findingsOn({}, withoutIsolation),
      /^warning: Pages come without Cross-Origin-Opener-Policy .* The service worker adds them/,
    ],
    [
      'nothing isolates',
      () => findingsOn({ '/repo/service-worker.js': undefined }, withoutIsolation),
      /^error: Pages come without Cross-Origin-Opener-Policy .* They are not isolated/,
    ],
    [
      'a wrong opener policy',
      () => findingsOn({}, { 'cross-origin-opener-policy': 'unsafe-none' }),
      /^error: Cross-Origin-Opener-Policy is unsafe-none instead of same-origin/,
    ],
    [
      'another embedder policy',
      () => findingsOn({}, { 'cross-origin-embedder-policy': 'credentialless' }),
      /^error: Cross-Origin-Embedder-Policy is credentialless, and the site was built for require-corp/,
    ],
    [
      'a frame without its embedder policy',
      () =>
        findingsOn({
          '/repo/engine/frame.html': { headers: { ...html, 'cross-origin-embedder-policy': undefined } },
        }),
      /^error: engine\/frame\.html comes without Cross-Origin-Embedder-Policy/,
    ],
    [
      'no resource policy',
      () => findingsOn({}, { 'cross-origin-resource-policy': undefined }),
      /^warning: .* comes without Cross-Origin-Resource-Policy/,
    ],
    [
      'a policy of the host',
      () => findingsOn({}, { 'content-security-policy': "default-src 'self'; frame-ancestors 'self'" }),
      /^error: The host sends a Content-Security-Policy of its own: default-src 'self'\./,
    ],
    [
      'no frame-ancestors',
      () => findingsOn({}, { 'content-security-policy': undefined }),
      /^warning: Pages come without Content-Security-Policy: frame-ancestors/,
    ],
    [
      'frames forbidden',
      () => findingsOn({}, { 'content-security-policy': "frame-ancestors 'none'" }),
      /^error: frame-ancestors 'none' keeps the site from framing its own pages/,
    ],
    [
      'frames forbidden, the old way',
      () => findingsOn({}, { 'content-security-policy': undefined, 'x-frame-options': 'deny' }),
      /^error: X-Frame-Options: DENY keeps/,
    ],
    [
      'no nosniff',
      () => findingsOn({}, { 'x-content-type-options': undefined }),
      /^warning: Answers come without X-Content-Type-Options/,
    ],
    [
      'no referrer policy',
      () => findingsOn({}, { 'referrer-policy': undefined }),
      /^warning: Pages come without Referrer-Policy/,
    ],
    [
      'no service worker',
      () => findingsOn({ '/repo/service-worker.js': undefined }),
      /^error: The service worker of the site is not there/,
    ],
    [
      'a service worker of a wrong type',
      () => findingsOn({ '/repo/service-worker.js': { headers: { 'content-type': 'text/plain' } } }),
      /^error: .*\/service-worker\.js comes as text\/plain/,
    ],
    [
      'a service worker elsewhere',
      () => findingsOn({ '/repo/service-worker.js': { status: 302, headers: { location: '/sw.js' } } }),
      /^error: .*\/service-worker\.js leads elsewhere/,
    ],
    [
      'a service worker for ever',
      () => findingsOn({ '/repo/service-worker.js': { headers: { ...js, ...IMMUTABLE } } }),
      /^warning: The service worker is marked as immutable/,
    ],
    [
      'no way to the slash',
      () => findingsOn({ '/repo/part/chapter': undefined }),
      /^error: An address without its slash, .* is answered with status 404/,
    ],
    [
      'a way to another port',
      () =>
        findingsOn({
          '/repo/part/chapter': {
            status: 301,
            headers: { location: 'http://localhost:1/repo/part/chapter/' },
          },
        }),
      /^error: An address without its slash leads to http:\/\/localhost:1\/repo\/part\/chapter\/: another scheme, host or port/,
    ],
    [
      'a way to another page',
      () => findingsOn({ '/repo/part/chapter': { status: 301, headers: { location: '/' } } }),
      /^error: An address without its slash, .* leads to .* instead of/,
    ],
    [
      'all paths are the contents',
      () => findingsOn({}, {}, { missing: { body: contents, headers: html } }),
      /^error: What is not there is answered with status 200/,
    ],
    [
      'a wrong status for what is not there',
      () => findingsOn({}, {}, { missing: { ...notFound, status: 403 } }),
      /^warning: What is not there is answered with status 403/,
    ],
    [
      'a page of the host for what is not there',
      () => findingsOn({}, {}, { missing: { ...notFound, body: 'Not Found' } }),
      /^warning: What is not there is answered with a page of the host/,
    ],
    [
      'what is not there is kept for long',
      () => findingsOn({ '/repo/_astro/nothing-of-this-name.js': { ...notFound, headers: IMMUTABLE } }),
      /^warning: That a script is not there may be kept for days/,
    ],
    [
      'an upload without _astro',
      () => findingsOn({ '/repo/_astro/page.D1.css': undefined, '/repo/_astro/page.D1.js': undefined }),
      /^error: The folder _astro is not there: .*page\.D1\.css, .*page\.D1\.js\./,
    ],
    [
      'an upload without a part of the engine',
      () => findingsOn({ '/repo/engine/library.0123456789ab.txt': undefined }),
      /^error: Files of the site are not there: .*library\.0123456789ab\.txt/,
    ],
    [
      'scripts of a wrong type',
      () =>
        findingsOn({
          '/repo/_astro/page.D1.js': {
            headers: { ...IMMUTABLE, 'content-type': 'application/octet-stream' },
          },
        }),
      /^error: .*page\.D1\.js comes as application\/octet-stream\. Browsers refuse it/,
    ],
    [
      'no compression',
      () => findingsOn({}, {}, { compresses: false }),
      /^warning: 1 files come without compression, 0\.1 MB/,
    ],
    [
      'pages kept for long',
      () =>
        findingsOn({ '/repo/': { body: contents, headers: { ...html, 'cache-control': 'max-age=604800' } } }),
      /^error: .*\/repo\/ may be kept for 7 days/,
    ],
    [
      'hashed names not kept',
      () =>
        findingsOn({
          '/repo/_astro/page.D1.css': { headers: { 'content-type': 'text/css', ...REVALIDATED } },
        }),
      /^warning: 1 files whose names change with their contents, such as .*page\.D1\.css/,
    ],
    [
      'a site built for another path',
      () =>
        findingsOn({
          '/repo/': { body: contents.replace('data-base="/repo/"', 'data-base="/"'), headers: html },
        }),
      /^error: The site was built for \/, and it is at \/repo\//,
    ],
    [
      'a site built for another origin',
      () =>
        findingsOn({
          '/repo/': {
            body: contents.replace(
              '</head>',
              '<link rel="canonical" href="https://example.org/repo/"></head>',
            ),
            headers: html,
          },
        }),
      /^warning: The pages name https:\/\/example\.org as their address/,
    ],
    [
      'another site',
      () => findingsOn({ '/repo/': { body: '<html></html>', headers: html } }),
      /^error: .* is not a page of a book/,
    ],
    ['no site', () => findingsOn({ '/repo/': undefined }), /^error: .* is answered with status 404/],
  ];
  for (const [fault, find, expected] of faults) {
    test(`${fault}: one sentence`, async () => {
      const found = await find();
      assert.match(found[0] ?? 'nothing', expected);
      assert.ok(found.length <= 2, found.join('\n'));
    });
  }

  test('where nobody answers, it says so', async () => {
    await assert.rejects(
      checkHost('http://localhost:1/'),
      /^Error: http:\/\/localhost:1\/ does not answer\.$/,
    );
  });
});

suite('what browsers take for secure', () => {
  for (const [address, expected] of [
    ['https://example.org/', true],
    ['http://localhost:8080/', true],
    ['http://127.0.0.1/', true],
    ['http://[::1]/', true],
    ['http://example.org/', false],
    ['http://192.168.0.2/', false],
  ] as const) {
    test(`${address}: ${expected ? 'yes' : 'no'}`, () => assert.equal(isSecure(new URL(address)), expected));
  }
});

suite('hosts are known by their headers', () => {
  for (const [headers, name] of [
    [{ server: 'GitHub.com' }, 'GitHub Pages'],
    [{ server: 'Netlify' }, 'Netlify'],
    [{ server: 'Vercel', 'x-vercel-id': 'fra1::x' }, 'Vercel'],
    [{ server: 'AmazonS3', 'x-amz-cf-id': 'x' }, 'CloudFront'],
    [{ server: 'cloudflare' }, 'Cloudflare'],
    [{ server: 'nginx/1.22.1' }, 'nginx'],
    [{ server: 'Caddy' }, 'Caddy'],
    [{ server: 'Apache/2.4.66 (Debian)' }, 'Apache'],
    [{ 'x-served-by': 'cache-fra-x' }, 'Firebase Hosting'],
    [{ 'x-azure-ref': 'x' }, 'Azure Static Web Apps'],
    [{}, 'a host that does not say what it is'],
  ] as const) {
    test(name, () => assert.equal(hostKind(new Headers(headers)).name, name));
  }
});
