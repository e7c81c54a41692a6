/** Stand-ins for hosts that cannot be installed: each reads the file that the build wrote for it, and does what is documented. */
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { Host } from './host.ts';
import { answerAsFolder, serveByRules, type Rules } from './static-host.ts';

const pair = z.strictObject({ key: z.string(), value: z.string() });

/** `_headers`: paths at the beginning of a line, below them their headers. Values of one name are joined, as both hosts do. */
async function headersOf(directory: string): Promise<(path: string) => Record<string, string>> {
  const rules: { pattern: RegExp; headers: [string, string][] }[] = [];
  for (const line of (await readFile(join(directory, '_headers'), 'utf8')).split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (line.startsWith('/')) {
      const pattern = line.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
      continue;
    }
    const [, name, value] = /^\s+([\w-]+):\s*(.+)$/.exec(line) ?? [];
    const rule = rules.at(-1);
    if (name === undefined || value === undefined || !rule) throw new Error(`_headers has a line “${line}”.`);
    rule.headers.push([name, value]);
  }
  return (path) => {
    const headers: Record<string, string> = {};
    for (const [name, value] of rules
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((rule) => rule.headers)) {
      headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
    }
    return headers;
  };
}

/** What Netlify, Cloudflare Pages and Vercel send by themselves. */
const DEFAULT_CACHE = { 'Cache-Control': 'public, max-age=0, must-revalidate' };

/** https://docs.netlify.com/manage/routing/headers/ */
export const netlify = documented('Netlify', async (directory) => {
  const headers = await headersOf(directory);
  return {
    answer: (path, has) => answerAsFolder(path, without(has, '/_headers'), 301),
    headers: (path) => ({ ...DEFAULT_CACHE, ...headers(path) }),
  };
});

/** Pages have no `.html` in their addresses there. https://developers.cloudflare.com/pages/configuration/serving-pages/ */
export const cloudflarePages = documented('Cloudflare Pages', async (directory) => {
  const headers = await headersOf(directory);
  return {
    async answer(path, has) {
      if (path.endsWith('/index.html')) return { redirect: path.slice(0, -'index.html'.length), status: 308 };
      if (path.endsWith('.html') && (await has(path)))
        return { redirect: path.slice(0, -'.html'.length), status: 308 };
      if (!path.endsWith('/') && (await has(`${path}.html`))) return { file: `${path}.html`, status: 200 };
      return await answerAsFolder(path, without(has, '/_headers'), 308);
    },
    headers: (path) => ({ ...DEFAULT_CACHE, ...headers(path) }),
  };
});

const vercelSchema = z.strictObject({
  $schema: z.string(),
  framework: z.null(),
  trailingSlash: z.literal(true),
  headers: z.array(z.strictObject({ source: z.string(), headers: z.array(pair) })),
});

/** https://vercel.com/docs/project-configuration/vercel-json */
export const vercel = documented('Vercel', async (directory) => {
  const file = vercelSchema.parse(JSON.parse(await readFile(join(directory, 'vercel.json'), 'utf8')));
  // Of path-to-regexp's language the file uses groups alone, which mean the same here.
  const rules = file.headers.map(({ source, headers }) => ({ pattern: new RegExp(`^${source}$`), headers }));
  return {
    async answer(path, has) {
      const isFile = posix.basename(path).includes('.');
      if (!path.endsWith('/') && !isFile) return { redirect: `${path}/`, status: 308 };
      return await answerAsFolder(path, without(has, '/vercel.json'), 308);
    },
    headers: (path) => ({
      ...DEFAULT_CACHE,
      ...lastOf(rules.filter(({ pattern }) => pattern.test(path)).flatMap(({ headers }) => headers)),
    }),
  };
});

const firebaseSchema = z.strictObject({
  hosting: z.strictObject({
    public: z.literal('.'),
    ignore: z.array(z.string()),
    headers: z.array(
      z.union([
        z.strictObject({ source: z.literal('**'), headers: z.array(pair) }),
        z.strictObject({ regex: z.string(), headers: z.array(pair) }),
      ]),
    ),
  }),
});

/** https://firebase.google.com/docs/hosting/full-config */
export const firebase = documented('Firebase Hosting', async (directory) => {
  const { hosting } = firebaseSchema.parse(
    JSON.parse(await readFile(join(directory, 'firebase.json'), 'utf8')),
  );
  const ignored = hosting.ignore.filter((glob) => !glob.includes('*')).map((name) => `/${name}`);
  const rules = hosting.headers.map((rule) => ({
    pattern: 'regex' in rule ? new RegExp(rule.regex) : /^/,
    headers: rule.headers,
  }));
  return {
    answer: (path, has) => answerAsFolder(path, without(has, ...ignored), 301),
    headers: (path) => ({
      'Cache-Control': 'max-age=3600',
      ...lastOf(rules.filter(({ pattern }) => pattern.test(path)).flatMap(({ headers }) => headers)),
    }),
  };
});

const azureSchema = z.strictObject({
  trailingSlash: z.literal('always'),
  globalHeaders: z.record(z.string(), z.string()),
  routes: z.array(z.strictObject({ route: z.string(), headers: z.record(z.string(), z.string()) })),
  responseOverrides: z.strictObject({ '404': z.strictObject({ rewrite: z.string() }) }),
  mimeTypes: z.record(z.string().startsWith('.'), z.string()),
});

/** https://learn.microsoft.com/azure/static-web-apps/configuration */
export const azure = documented('Azure Static Web Apps', async (directory) => {
  const name = 'staticwebapp.config.json';
  const file = azureSchema.parse(JSON.parse(await readFile(join(directory, name), 'utf8')));
  return {
    async answer(path, has) {
      const answer = await answerAsFolder(path, without(has, `/${name}`), 301);
      return 'file' in answer && answer.status === 404
        ? { file: file.responseOverrides['404'].rewrite, status: 404 }
        : answer;
    },
    headers(path) {
      const route = file.routes.find((candidate) =>
        candidate.route.endsWith('*')
          ? path.startsWith(candidate.route.slice(0, -1))
          : path === candidate.route,
      );
      return { ...file.globalHeaders, ...route?.headers };
    },
  };
});

const policySchema = z.strictObject({
  Name: z.string(),
  Comment: z.string(),
  SecurityHeadersConfig: z.strictObject({
    ContentSecurityPolicy: z.strictObject({ Override: z.literal(true), ContentSecurityPolicy: z.string() }),
    ContentTypeOptions: z.strictObject({ Override: z.literal(true) }),
    ReferrerPolicy: z.strictObject({ Override: z.literal(true), ReferrerPolicy: z.string() }),
  }),
  CustomHeadersConfig: z.strictObject({
    Quantity: z.int().max(10),
    Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), Override: z.literal(true) })),
  }),
});

const viewerRequest = z.union([
  z.object({ statusCode: z.literal(301), headers: z.object({ location: z.object({ value: z.string() }) }) }),
  z.object({ uri: z.string() }),
]);

/** A private bucket answers 403 for what is not there; the guide's error response makes it 404 with the page. */
export const cloudFront = documented('S3 + CloudFront', async (directory) => {
  const folder = join(directory, '.hosting');
  const source = await readFile(join(folder, 'cloudfront-function.js'), 'utf8');
  const policy = policySchema.parse(
    JSON.parse(await readFile(join(folder, 'cloudfront-headers-policy.json'), 'utf8')),
  );
  const { ContentSecurityPolicy, ReferrerPolicy } = policy.SecurityHeadersConfig;
  return {
    async answer(path, has) {
      const event = { request: { uri: path, method: 'GET', headers: {}, querystring: {} } };
      const result = viewerRequest.parse(runInNewContext(`${source}; handler(event)`, { event }));
      if ('statusCode' in result) return { redirect: result.headers.location.value, status: 301 };
      return (await has(result.uri)) ? { file: result.uri, status: 200 } : { file: '/404.html', status: 404 };
    },
    headers: () => ({
      'Content-Security-Policy': ContentSecurityPolicy.ContentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': ReferrerPolicy.ReferrerPolicy,
      ...Object.fromEntries(policy.CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value])),
    }),
  };
});

/** No headers can be set, and pages are kept for ten minutes. https://docs.github.com/pages */
export function gitHubPages(base: string): Host {
  return {
    name: 'GitHub Pages',
    base,
    start: ({ directory }) =>
      serveByRules(
        directory,
        {
          answer: (path, has) =>
            path.startsWith(base) || `${path}/` === base
              ? belowBase(base, path, has)
              : Promise.resolve({ file: '/404.html', status: 404 }),
          headers: () => ({ 'Cache-Control': 'max-age=600', 'Access-Control-Allow-Origin': '*' }),
        },
        base,
      ),
  };
}

async function belowBase(
  base: string,
  path: string,
  has: (file: string) => Promise<boolean>,
): ReturnType<Rules['answer']> {
  const answer = await answerAsFolder(path.slice(base.length - 1) || '', has, 301);
  return 'redirect' in answer ? { ...answer, redirect: `${path}/` } : answer;
}

function documented(name: string, read: (directory: string) => Promise<Rules>): Host {
  return {
    name,
    base: '/',
    start: async ({ directory }) => await serveByRules(directory, await read(directory)),
  };
}

/** The host reads these files and does not serve them. */
function without(has: (file: string) => Promise<boolean>, ...files: readonly string[]): typeof has {
  return async (file) => !files.includes(file) && !file.includes('/.') && (await has(file));
}

function lastOf(
  headers: readonly { readonly key: string; readonly value: string }[],
): Record<string, string> {
  return Object.fromEntries(headers.map(({ key, value }) => [key, value]));
}
