/**
 * A plain file server, as a host would serve the built site: directories redirect to their slash, `404.html` answers for what
 * is not there. Isolation headers come with every answer, unless `--no-headers` asks for a host that cannot send them.
 *
 *     node e2e/static-server.ts dist --port 4321 --base /repo/ --no-headers
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
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
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
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
  if (hasHeaders) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const path = decode(pathname);
  if (path === undefined || !path.startsWith(base)) {
    await sendNotFound(response, directory);
    return;
  }
  const root = resolve(directory);
  const file = join(root, path.slice(base.length));
  if (file !== root && !file.startsWith(root + sep)) {
    await sendNotFound(response, directory);
    return;
  }
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() && !pathname.endsWith('/')) {
    response.writeHead(301, { Location: `${pathname}/${search}` }).end();
  } else if (found?.isDirectory() && (await isFile(join(file, 'index.html')))) {
    await sendFile(response, join(file, 'index.html'), 200);
  } else if (found?.isFile()) {
    await sendFile(response, file, 200);
  } else {
    await sendNotFound(response, directory);
  }
}

async function sendNotFound(response: ServerResponse, directory: string): Promise<void> {
  const page = join(directory, '404.html');
  if (await isFile(page)) await sendFile(response, page, 404);
  else response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
}

async function sendFile(response: ServerResponse, file: string, status: number): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(status, {
    'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'Content-Length': size,
    'Cache-Control': 'no-cache',
  });
  if (response.req.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
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
  });
  console.log(`Loopbook is at ${url}`);
}
