import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { z } from 'zod';
import { azureFile, MOST_BYTES } from './azure.ts';
import { headersFile } from './headers-file.ts';
import { describeServing, IMMUTABLE, literal, MOST_RULES, REVALIDATED, type Serving } from './serving.ts';
import { hostFiles } from './step.ts';

const files = [
  '404.html',
  'index.html',
  'part/chapter/index.html',
  '_astro/page.DgyF753z.js',
  'engine/frame.html',
  'engine/manifest.json',
  'engine/runtime.2e293dd39e99.js',
  'packages/zod.05fbb1ca538a.bin',
  'pagefind/pagefind.js',
  'pagefind/fragment/en_6cf8f4e.pf_fragment',
  'service-worker.js',
];
const isolation = [
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Embedder-Policy', 'require-corp'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const;

function textOf(serving: Serving, path: string): string {
  return hostFiles(serving).find((file) => file.path === path)?.text ?? assert.fail(`There is no ${path}.`);
}

function headersOf(list: readonly { readonly key: string; readonly value: string }[]): Map<string, string> {
  return new Map(list.map(({ key, value }) => [key, value]));
}

suite('what a host sends', () => {
  test('names are taken for hashed where they are, and nowhere else', () => {
    const { hashed } = describeServing({ base: '/', coep: 'require-corp' }, files);
    const pattern = new RegExp(`^(?:${hashed})$`);
    assert.deepEqual(
      files.filter((file) => pattern.test(file)),
      [
        '_astro/page.DgyF753z.js',
        'engine/runtime.2e293dd39e99.js',
        'packages/zod.05fbb1ca538a.bin',
        'pagefind/fragment/en_6cf8f4e.pf_fragment',
      ],
    );
  });

  test('hosts without patterns get the same as a list', () => {
    const { hashedFolders, hashedFiles } = describeServing({ base: '/', coep: 'require-corp' }, files);
    assert.deepEqual(hashedFolders, ['_astro', 'pagefind/fragment']);
    assert.deepEqual(hashedFiles, ['engine/runtime.2e293dd39e99.js', 'packages/zod.05fbb1ca538a.bin']);
  });

  test('the embedder policy is the one that the site was built with', () => {
    const serving = describeServing({ base: '/', coep: 'credentialless' }, files);
    assert.equal(new Map(serving.headers).get('Cross-Origin-Embedder-Policy'), 'credentialless');
  });
});

for (const base of ['/', '/repo/']) {
  const serving = describeServing({ base, coep: 'require-corp' }, files);
  const all = new Map(serving.headers);

  suite(`the files of hosts, for a site under ${base}`, () => {
    test('begin with the headers that isolate a page', () => {
      assert.deepEqual(serving.headers.slice(0, 3), isolation);
    });

    test('_headers: one rule for all, one for each that never changes, and no header twice for a path', () => {
      const rules = headersFile(serving)
        .text.trim()
        .split('\n\n')
        .map((block) => {
          const [path = '', ...lines] = block.split('\n');
          return { path, headers: lines.map((line) => /^ {2}([\w-]+): (.+)$/.exec(line)?.slice(1) ?? []) };
        });
      assert.deepEqual(rules[0], { path: `${base}*`, headers: serving.headers.map((pair) => [...pair]) });
      assert.deepEqual(
        rules.slice(1).map(({ path }) => path),
        [
          `${base}_astro/*`,
          `${base}pagefind/fragment/*`,
          `${base}engine/runtime.2e293dd39e99.js`,
          `${base}packages/zod.05fbb1ca538a.bin`,
        ],
      );
      for (const { headers } of rules.slice(1)) assert.deepEqual(headers, [['Cache-Control', IMMUTABLE]]);
      assert.ok(!all.has('Cache-Control'));
    });

    test('vercel.json', () => {
      const pair = z.strictObject({ key: z.string(), value: z.string() });
      const schema = z.strictObject({
        $schema: z.literal('https://openapi.vercel.sh/vercel.json'),
        framework: z.null(),
        trailingSlash: z.literal(true),
        headers: z.tuple([
          z.strictObject({ source: z.string(), headers: z.array(pair) }),
          z.strictObject({ source: z.string(), headers: z.array(pair) }),
        ]),
      });
      const [every, hashed] = schema.parse(JSON.parse(textOf(serving, 'vercel.json'))).headers;
      assert.deepEqual(headersOf(every.headers), all);
      assert.deepEqual(headersOf(hashed.headers), new Map([['Cache-Control', IMMUTABLE]]));
      assert.match(`${base}engine/runtime.2e293dd39e99.js`, new RegExp(`^${hashed.source}$`));
      assert.doesNotMatch(`${base}engine/frame.html`, new RegExp(`^${hashed.source}$`));
      // Vercel allows groups, of which none may be counted.
      assert.doesNotMatch(hashed.source.replace(/^[^(]*\(/, ''), /\((?!\?:)/);
    });

    test('firebase.json', () => {
      const pair = z.strictObject({ key: z.string(), value: z.string() });
      const schema = z.strictObject({
        hosting: z.strictObject({
          public: z.literal('.'),
          ignore: z.array(z.string()),
          headers: z.tuple([
            z.strictObject({ source: z.literal('**'), headers: z.array(pair) }),
            z.strictObject({ regex: z.string(), headers: z.array(pair) }),
          ]),
        }),
      });
      const { ignore, headers } = schema.parse(JSON.parse(textOf(serving, 'firebase.json'))).hosting;
      assert.deepEqual(headersOf(headers[0].headers), new Map([...all, ['Cache-Control', REVALIDATED]]));
      assert.deepEqual(headersOf(headers[1].headers), new Map([['Cache-Control', IMMUTABLE]]));
      assert.match(`${base}_astro/page.DgyF753z.js`, new RegExp(headers[1].regex));
      assert.deepEqual(ignore, ['**/.*', ...serving.filesForHosts]);
    });

    test('staticwebapp.config.json', () => {
      const schema = z.strictObject({
        trailingSlash: z.enum(['always', 'never', 'auto']),
        globalHeaders: z.record(z.string(), z.string()),
        routes: z.array(z.strictObject({ route: z.string(), headers: z.record(z.string(), z.string()) })),
        responseOverrides: z.strictObject({ '404': z.strictObject({ rewrite: z.string() }) }),
        mimeTypes: z.record(z.string().startsWith('.'), z.string()),
      });
      const file = schema.parse(JSON.parse(textOf(serving, 'staticwebapp.config.json')));
      const headers = new Map(Object.entries(file.globalHeaders));
      assert.deepEqual(headers, new Map([...all, ['Cache-Control', REVALIDATED]]));
      assert.deepEqual(
        file.routes.map(({ route }) => route),
        headersFile(serving).text.match(/^\/.*(?<!^\/(?:repo\/)?\*)$/gm),
      );
      assert.equal(file.responseOverrides['404'].rewrite, `${base}404.html`);
    });

    test('the policy of CloudFront', () => {
      const policy = JSON.parse(textOf(serving, '.hosting/cloudfront-headers-policy.json')) as {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: string };
          ContentTypeOptions: object;
          ReferrerPolicy: { ReferrerPolicy: string };
        };
        CustomHeadersConfig: { Quantity: number; Items: { Header: string; Value: string }[] };
      };
      const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = policy;
      assert.equal(custom.Quantity, custom.Items.length);
      const headers = new Map(custom.Items.map(({ Header, Value }) => [Header, Value]));
      headers.set('Content-Security-Policy', security.ContentSecurityPolicy.ContentSecurityPolicy);
      headers.set('X-Content-Type-Options', 'nosniff');
      headers.set('Referrer-Policy', security.ReferrerPolicy.ReferrerPolicy);
      assert.deepEqual(Object.fromEntries(headers), Object.fromEntries(all));
    });

    const configurations = [
      { path: '.hosting/nginx.conf', line: /^ {2}add_header ([\w-]+) "(.*)" always;$/gm },
      { path: '.hosting/Caddyfile', line: /^\t\t([A-Z][\w-]+) "(.*)"$/gm },
      { path: '.htaccess', line: /^ {2}Header always set ((?!Cache)[\w-]+) "(.*)"$/gm },
    ];
    for (const { path, line } of configurations) {
      test(`${path}: the same headers, values of caches and base`, () => {
        const text = textOf(serving, path);
        const headers = [...text.matchAll(line)].map(([, name = '', value = '']) => [name, value]);
        assert.deepEqual(headers, [...all]);
        assert.ok(text.includes(`"${IMMUTABLE}"`) && text.includes(`"${REVALIDATED}"`));
        assert.ok(text.includes(`${base}404.html`));
        for (const [extension, type] of Object.entries(serving.types)) {
          assert.match(
            text,
            new RegExp(`\\b${extension}\\b.*${literal(type)}|${literal(type)}.*\\b${extension}\\b`),
          );
        }
        assert.equal(text.split('{').length, text.split('}').length, 'braces are closed');
      });
    }

    test('Dockerfile: copies what is there, and fetches nothing but the image', () => {
      const instructions = textOf(serving, '.hosting/Dockerfile')
        .split('\n')
        .filter((line) => /^[A-Z]+ /.test(line));
      assert.deepEqual(instructions, [
        'FROM nginx:stable-alpine',
        'COPY .hosting/nginx.conf /etc/nginx/conf.d/default.conf',
        `COPY . /srv/www${base}`,
      ]);
    });

    test('the function of CloudFront runs where only old JavaScript may', () => {
      assert.match(textOf(serving, '.hosting/cloudfront-function.js'), /^function handler\(event\) \{$/m);
    });
  });
}

test('a book with many packages stays within what hosts read', () => {
  const many = Array.from({ length: 200 }, (_, index) => `packages/p${index}.${'0'.repeat(12)}.bin`);
  const serving = describeServing({ base: '/', coep: 'require-corp' }, many);
  assert.equal(headersFile(serving).text.match(/^\//gm)?.length, MOST_RULES);
  assert.ok(Buffer.byteLength(azureFile(serving).text) <= MOST_BYTES);
});
