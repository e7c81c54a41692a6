/** The servers of a program: their pane is loaded when the first of them listens. */
import type { ProgramRequest, ProgramResponse, ProgramWebSocket, Run } from '../../engine/engine.ts';
import type { SavedRequest } from './saved-request.ts';
import type { ServerPane } from './server-pane.ts';
import { openStore } from '../store/index.ts';

/** Milliseconds for which a server has to be up before its pane takes room on the page. */
const settlingTime = 300;

/** What the pane needs of its program. */
export interface ServersHost {
  /** It serves until it is stopped: the pane is what it is for. */
  readonly isServer: boolean;
  /** It asks its own servers: its recorded output shows no other request. What a reader has edited may do something else. */
  readonly servesItself: boolean;
  /** Id of the program. */
  readonly program: string;
  /** Requests that come with the chapter. */
  readonly saved: readonly SavedRequest[];
  /** The program that runs, if it does. */
  run(): Run | undefined;
  /** Puts the pane on the page. */
  place(element: HTMLElement): void;
  /** A sentence for the reader. */
  say(sentence: string): void;
}

/** Which ports are open, and the pane that shows them. */
export class Servers {
  readonly #host: ServersHost;
  readonly #ports = new Set<number>();
  #isLoading = false;
  #pane: ServerPane | undefined;
  #isUsed = false;
  /** Counts the panes, so that one that comes late knows that it is not wanted any more. */
  #generation = 0;

  constructor(host: ServersHost) {
    this.#host = host;
  }

  /** A server listens. */
  open(port: number): void {
    this.#ports.add(port);
    this.#pane?.open(port);
    if (this.#isLoading) return;
    this.#isLoading = true;
    const generation = this.#generation;
    this.#load().catch(() => {
      if (generation !== this.#generation) return;
      this.#isLoading = false;
      this.#host.say(
        'The server runs, but its preview could not be loaded. Check the connection and run it again.',
      );
    });
  }

  /** A server stopped. */
  close(port: number): void {
    this.#ports.delete(port);
    this.#pane?.close(port);
    // It is gone before there was anything to show.
    if (!this.#pane && this.#ports.size === 0) this.dispose();
  }

  /** The program has ended, and all of its servers with it. A pane that nobody used goes as well. */
  end(): void {
    this.#ports.clear();
    if (this.#pane && (this.#host.isServer || this.#isUsed)) this.#pane.ended();
    else this.dispose();
  }

  /** Takes the pane away. */
  dispose(): void {
    this.#ports.clear();
    this.#pane?.dispose();
    this.#pane = undefined;
    this.#isLoading = false;
    this.#isUsed = false;
    this.#generation += 1;
  }

  async #load(): Promise<void> {
    const generation = this.#generation;
    const [{ ServerPane }] = await Promise.all([import('./server-pane.ts'), this.#settled()]);
    // It may have ended before it could be shown.
    if (generation !== this.#generation) return;
    const { program, saved, servesItself } = this.#host;
    const store = openStore();
    this.#pane = new ServerPane({
      program,
      servesItself,
      saved,
      request: (port, request, signal) => this.#request(port, request, signal),
      connect: (port, path, protocols) => this.#connect(port, path, protocols),
      history: {
        read: async () => [...((await store.get('requests', program)) ?? [])],
        add: (request) => store.set('requests', program, [request]),
      },
    });
    const { element } = this.#pane;
    for (const type of ['pointerdown', 'keydown'])
      element.addEventListener(type, () => (this.#isUsed = true), { once: true });
    this.#host.place(element);
    for (const port of this.#ports) this.#pane.open(port);
  }

  /** Many programs serve for a moment, to themselves: no pane flashes up for that. */
  #settled(): Promise<void> {
    if (this.#host.isServer) return Promise.resolve();
    return new Promise((resolve) => setTimeout(resolve, settlingTime));
  }

  async #request(port: number, request: ProgramRequest, signal?: AbortSignal): Promise<ProgramResponse> {
    return await this.#running().request(port, request, signal);
  }

  async #connect(port: number, path: string, protocols?: readonly string[]): Promise<ProgramWebSocket> {
    return await this.#running().connect(port, path, protocols);
  }

  #running(): Run {
    const run = this.#host.run();
    if (!run) throw new Error('The program does not run any more. Run it again, then send the request.');
    return run;
  }
}
