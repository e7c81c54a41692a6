/**
 * A plain file server, as a host would serve the built site: directories redirect to their slash, `404.html` answers for what
 * is not there. Isolation headers come with every answer, unless `--no-headers` asks for a host that cannot send them.
 *
 *     node e2e/static-server.ts dist --port 4321 --base /repo/ --no-headers --compress
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { ISOLATION } from './isolation.ts';

export interface StaticServerOptions {
  /** Folder to serve. */
  readonly directory: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Path under which the folder appears; begins and ends with a slash. */
  readonly base: string;
  /** Whether answers carry the isolation headers. */
  readonly hasHeaders: boolean;
  /** Whether texts are sent as brotli, and files with a hash in their name are kept by browsers, as large hosts do it. */
  readonly isCompressed?: boolean;
  /** Whether pages arrive little by little, as on a slow line; not together with `isCompressed`. */
  readonly isSlow?: boolean;
}

/** Types by extension, with its dot. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.epub': 'application/epub+zip',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
};

/** Starts to serve a folder; resolves with the server and its address once it listens. */
export async function serve(options: StaticServerOptions): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    respond(request, response, options).catch((error: unknown) => {
      // A reader who leaves in the middle of a file is no error of this server.
      if (!response.headersSent) response.writeHead(500).end(String(error));
      else response.destroy();
    });
  });
  // Who asks ends an idle connection: ended from here, it could end just when the next question comes.
  server.keepAliveTimeout = 0;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(options.port, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return { server, url: `http://localhost:${address.port}${options.base}` };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: StaticServerOptions,
): Promise<void> {
  const { directory, base, hasHeaders } = options;
  const send = senderFor(options);
  if (hasHeaders) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const path = decode(pathname);
  if (path === undefined || !path.startsWith(base)) {
    await sendNotFound(response, directory, send);
    return;
  }
  const root = resolve(directory);
  const file = join(root, path.slice(base.length));
  if (file !== root && !file.startsWith(root + sep)) {
    await sendNotFound(response, directory, send);
    return;
  }
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() && !pathname.endsWith('/')) {
    response.writeHead(301, { Location: `${pathname}/${search}` }).end();
  } else if (found?.isDirectory() && (await isFile(join(file, 'index.html')))) {
    await send(response, join(file, 'index.html'), 200);
  } else if (found?.isFile()) {
    await send(response, file, 200);
  } else {
    await sendNotFound(response, directory, send);
  }
}

function senderFor({ isCompressed, isSlow }: StaticServerOptions): typeof sendFile {
  if (isCompressed === true) return sendCompressed;
  return isSlow === true ? sendSlowly : sendFile;
}

async function sendNotFound(
  response: ServerResponse,
  directory: string,
  send: typeof sendFile,
): Promise<void> {
  const page = join(directory, '404.html');
  if (await isFile(page)) await send(response, page, 404);
  else response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
}

async function sendFile(
  response: ServerResponse,
  file: string,
  status: number,
  caching = 'no-cache',
): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(status, {
    'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'Content-Length': size,
    'Cache-Control': caching,
  });
  if (response.req.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
}

/**
 * A page in pieces of 512 characters or a little more, with time between them for the browser to paint; anything else at once.
 * A piece ends before a tag, and not in the middle of text or of a table: half a word may fit on a line where the whole does
 * not, and columns are as wide as what has come of them.
 */
async function sendSlowly(response: ServerResponse, file: string, status: number): Promise<void> {
  if (extname(file) !== '.html' || response.req.method === 'HEAD') {
    await sendFile(response, file, status);
    return;
  }
  const pieces = /(?:<(p|li|pre|table)\b.*?<\/\1>|.){1,512}[^<]*/gs;
  response.writeHead(status, { 'Content-Type': contentTypes['.html'], 'Cache-Control': 'no-cache' });
  for (const piece of (await readFile(file, 'utf8')).match(pieces) ?? []) {
    response.write(piece);
    await setTimeout(10);
  }
  response.end();
}

const compress = promisify(brotliCompress);
/** By file: a server of tests serves a site that does not change. */
const compressed = new Map<string, Promise<Buffer>>();

async function sendCompressed(response: ServerResponse, file: string, status: number): Promise<void> {
  const type = contentTypes[extname(file)] ?? '';
  const accepted = response.req.headers['accept-encoding'] ?? '';
  if (!/^text|json|svg|wasm/.test(type) || !/\bbr\b/.test(accepted)) {
    await sendFile(response, file, status, cacheControl(file));
    return;
  }
  const body = await (compressed.get(file) ?? compressFile(file));
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Encoding': 'br',
    'Content-Length': body.length,
    'Cache-Control': cacheControl(file),
    Vary: 'Accept-Encoding',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function compressFile(file: string): Promise<Buffer> {
  const body = readFile(file).then((text) =>
    compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  );
  compressed.set(file, body);
  return body;
}

/** A name with a hash never stands for another content. */
function cacheControl(file: string): string {
  return file.includes(`${sep}_astro${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: {
      port: { type: 'string', default: '4321' },
      base: { type: 'string', default: '/' },
      'no-headers': { type: 'boolean', default: false },
      compress: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const directory = positionals[0] ?? 'dist';
  if (!(await isFile(join(directory, 'index.html')))) {
    console.error(`${directory}/index.html is not there. Run: npm run build`);
    process.exit(1);
  }
  const base = `/${values.base}/`.replace(/\/{2,}/g, '/');
  const { url } = await serve({
    directory,
    port: Number(values.port),
    base,
    hasHeaders: !values['no-headers'],
    isCompressed: values.compress,
  });
  console.log(`Loopbook is at ${url}`);
}
