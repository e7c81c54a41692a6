/** A built site on a server of its own, which can stop, come back, and serve another build in its place. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { serve } from './static-server.ts';

/** What to serve and how. */
export interface ServedSiteOptions {
  readonly directory: string;
  readonly base?: string;
  readonly hasHeaders?: boolean;
}

/** The address stays the same, whatever stands behind it. */
export class ServedSite implements AsyncDisposable {
  /** Ends with a slash. */
  readonly url: string;
  /** Paths that were asked for. */
  readonly requests: string[] = [];
  readonly #options: Required<ServedSiteOptions>;
  #gate: { readonly path: RegExp; readonly opened: Promise<void> } | undefined;
  #server: Server | undefined;

  private constructor(url: string, server: Server, options: Required<ServedSiteOptions>) {
    this.url = url;
    this.#options = options;
    this.#take(server);
  }

  static async start({ directory, base = '/', hasHeaders = true }: ServedSiteOptions): Promise<ServedSite> {
    const { server, url } = await serve({ directory, base, hasHeaders, port: 0 });
    return new ServedSite(url, server, { directory, base, hasHeaders });
  }

  /** Nobody answers from now on. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  /** Serves again, from this folder. */
  async comeBack(directory: string = this.#options.directory): Promise<void> {
    await this.stop();
    const { server } = await serve({ ...this.#options, directory, port: Number(new URL(this.url).port) });
    this.#take(server);
  }

  /** Answers nothing whose path is like this until the returned function is called. */
  hold(path: RegExp): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = { path, opened: promise };
    return resolve;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #take(server: Server): void {
    this.#server = server;
    // True: `serve` has put exactly this one there.
    const [respond] = server.listeners('request') as [
      (request: IncomingMessage, response: ServerResponse) => void,
    ];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const { url = '' } = request;
      this.requests.push(url);
      if (this.#gate?.path.test(url)) void this.#gate.opened.then(() => respond(request, response));
      else respond(request, response);
    });
  }
}

/** Who listens there builds; beside the ports of the sites in `playwright.config.ts`. */
const buildingPort = 4403;

/**
 * Builds a site while no other test builds one: Astro puts the content of a build into the tree and reads it
 * there again, and what it reads may then be that of another book.
 */
export async function buildAlone<Result>(build: () => Promise<Result>): Promise<Result> {
  const turn = await takeTurn();
  try {
    return await build();
  } finally {
    turn.close();
    turn.closeAllConnections();
  }
}

async function takeTurn(): Promise<Server> {
  for (;;) {
    const turn = createServer();
    const isOurs = await new Promise<boolean>((resolve, reject) => {
      turn.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      );
      turn.listen(buildingPort, '127.0.0.1', () => resolve(true));
    });
    if (isOurs) return turn;
    // The connection ends with the other build, or with its process.
    const other = connect(buildingPort, '127.0.0.1').on('error', () => {});
    await new Promise((resolve) => other.resume().once('close', resolve));
  }
}
