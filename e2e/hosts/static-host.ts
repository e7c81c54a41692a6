/** A server that answers as the documentation of a host says that it would. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentTypes } from '../static-server.ts';
import type { RunningHost } from './host.ts';

/** What a host does with a path. */
export type Answer =
  | { readonly redirect: string; readonly status: 301 | 302 | 307 | 308 }
  | { readonly file: string; readonly status: 200 | 404 };

/** A host as its documentation describes it. */
export interface Rules {
  /** Paths begin with a slash and are decoded; `has` tells whether there is a file. */
  answer(path: string, has: (file: string) => Promise<boolean>): Promise<Answer>;
  /** Headers for what was asked for. */
  headers(path: string): Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  ...contentTypes,
  // Where the host serves a page without its extension.
  '': 'text/html; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/xml',
};

/** Starts it at the root of an address. */
export async function serveByRules(directory: string, rules: Rules, base = '/'): Promise<RunningHost> {
  const has = async (file: string) =>
    (await stat(join(directory, file)).catch(() => undefined))?.isFile() ?? false;
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    // Normal, so that nothing leads out of the folder.
    const path = posix.normalize(decodeURIComponent(pathname));
    respond(response, path, search).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    });
  });
  // Who asks ends an idle connection: ended from here, it could end just when the next question comes.
  server.keepAliveTimeout = 0;
  async function respond(response: ServerResponse, path: string, search: string): Promise<void> {
    const answer = await rules.answer(path, has);
    for (const [name, value] of Object.entries(rules.headers(path))) {
      response.setHeader(name, value);
    }
    if ('redirect' in answer) {
      response.writeHead(answer.status, { Location: answer.redirect + search }).end();
      return;
    }
    if (!response.hasHeader('Content-Type')) {
      response.setHeader('Content-Type', TYPES[extname(answer.file)] ?? 'application/octet-stream');
    }
    response.writeHead(answer.status);
    await pipeline(createReadStream(join(directory, answer.file)), response);
  }
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return {
    url: `http://localhost:${address.port}${base}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What most hosts do with a path: the file, the page of a folder, else `404.html`. `redirect` says how they lead to the slash. */
export async function answerAsFolder(
  path: string,
  has: (file: string) => Promise<boolean>,
  redirect: 301 | 302 | 308,
): Promise<Answer> {
  if (path.endsWith('/') && (await has(`${path}index.html`)))
    return { file: `${path}index.html`, status: 200 };
  if (!path.endsWith('/') && (await has(path))) return { file: path, status: 200 };
  if (!path.endsWith('/') && (await has(`${path}/index.html`)))
    return { redirect: `${path}/`, status: redirect };
  return { file: '/404.html', status: 404 };
}
