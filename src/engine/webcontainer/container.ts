/** A booted WebContainer, and the programs that run in it. */
import type { FileSystemTree, WebContainer, WebContainerProcess } from '@webcontainer/api';
import { EngineError } from '../engine.ts';
import type {
  Program,
  ProgramRequest,
  ProgramResponse,
  ProgramWebSocket,
  Run,
  StartOptions,
} from '../engine.ts';
import type { ProgramPackages } from '../packages/npm-packages.ts';
import { readTar } from '../tar.ts';
import { abandonable } from './abandonable.ts';
import { startInnerClient } from './inner-client.ts';
import { ProgramRun } from './program-run.ts';
import { REQUEST_CLIENT, readResponse, requestArguments } from './request-client.ts';
import { TWO_PIPES } from './two-pipes.ts';
import { readWebSocket, WEB_SOCKET_CLIENT, webSocketArgument } from './web-socket-client.ts';

const TOOLS = '.loopbook';

/** What the recordings were made with, and what a program on a terminal finds instead. */
const ENVIRONMENT = { TZ: 'UTC', NO_COLOR: '1' };
const TERMINAL_ENVIRONMENT = { TZ: 'UTC', TERM: 'xterm-256color', COLORTERM: 'truecolor' };

/** Runs programs in one WebContainer, each in its own directory. */
export class Container {
  readonly #api: WebContainer;
  readonly #tearDown: (container: WebContainer) => void;
  readonly #killGrace: number;
  /** In the order in which they were started. */
  readonly #live = new Set<ProgramRun>();
  readonly #ready: Promise<void>;
  readonly #failed: Promise<never>;
  /** Packages that are there, or are being put there, by name: beside the programs, which look for them further up. */
  readonly #packages = new Map<string, Promise<void>>();
  /** Whose server listens on a port. */
  readonly #servers = new Map<number, ProgramRun>();
  #count = 0;
  #requestCount = 0;
  #isTornDown = false;

  /** `tearDown` is called with the container when nothing gentler ends a program. */
  constructor(api: WebContainer, killGrace: number, tearDown: (container: WebContainer) => void) {
    this.#api = api;
    this.#killGrace = killGrace;
    this.#tearDown = tearDown;
    this.#ready = api.mount({
      [TOOLS]: {
        directory: {
          'two-pipes.cjs': { file: { contents: TWO_PIPES } },
          'request.cjs': { file: { contents: REQUEST_CLIENT } },
          'web-socket.cjs': { file: { contents: WEB_SOCKET_CLIENT } },
        },
      },
    });
    const { promise, reject } = Promise.withResolvers<never>();
    this.#failed = promise;
    // Both may fail while nothing is being started.
    promise.catch(() => {});
    this.#ready.catch(() => {});
    api.on('error', ({ message }) => reject(new Error(message)));
    api.on('port', (port, type) => {
      // An event does not say whose server it is: the youngest program's, most likely.
      const run = type === 'open' ? [...this.#live].at(-1) : this.#servers.get(port);
      if (type === 'close') this.#servers.delete(port);
      else if (run) this.#servers.set(port, run);
      run?.onServer(port, type);
    });
  }

  /** Mounts and spawns a program; rejects with an `EngineError`. */
  async start(
    program: Program,
    packages: ProgramPackages,
    { signal, onServer, onServerClosed, onProgress }: StartOptions,
  ): Promise<Run> {
    const directory = `program-${++this.#count}`;
    onProgress?.({ message: 'Starting the program' });
    const spawned = this.#spawn(program, packages, directory);
    let process: WebContainerProcess;
    try {
      process = await abandonable(Promise.race([spawned, this.#failed]), signal);
    } catch (cause) {
      if (signal?.aborted === true) {
        spawned.then(
          (abandoned) => abandoned.kill(),
          () => {},
        );
        throw cause;
      }
      const message = 'WebContainer could not start the program.';
      const error = new EngineError('webcontainer', 'crashed', message, { cause });
      // A container that fails at this will fail again.
      this.#end(error);
      throw error;
    }
    const run = new ProgramRun(process, {
      directory: `${this.#api.workdir.replace(/\/$/, '')}/${directory}`,
      stdin: program.stdin ?? '',
      packageAdvice: packages.advice,
      killGrace: this.#killGrace,
      isTerminal: program.terminal !== undefined,
      onServer,
      onServerClosed,
      request: (...request) => this.#request(...request),
      connect: (...connection) => this.#connect(...connection),
      endByForce: () => {
        const message = 'WebContainer was restarted to stop another program.';
        this.#live.delete(run);
        this.#end(new EngineError('webcontainer', 'crashed', message));
      },
    });
    this.#live.add(run);
    const kill = () => void run.kill('SIGKILL'); // It never rejects.
    signal?.addEventListener('abort', kill);
    const forget = () => {
      signal?.removeEventListener('abort', kill);
      this.#live.delete(run);
      // Nothing depends on it: the directory is never used again.
      if (!this.#isTornDown) this.#api.fs.rm(directory, { recursive: true, force: true }).catch(() => {});
    };
    run.exit.then(forget, forget);
    return run;
  }

  async #spawn(
    program: Program,
    { archives }: ProgramPackages,
    directory: string,
  ): Promise<WebContainerProcess> {
    await this.#ready;
    await Promise.all([...archives].map(([name, archive]) => this.#provide(name, archive)));
    await this.#api.mount({ [directory]: { directory: fileSystemTree(program.files) } });
    const [command, ...args] = program.command;
    const { terminal } = program;
    if (terminal) {
      return this.#api.spawn(command, args, {
        cwd: directory,
        env: { ...TERMINAL_ENVIRONMENT, ...program.env },
        terminal: { cols: terminal.columns, rows: terminal.rows },
      });
    }
    const preload = command === 'node' ? ['--require', `../${TOOLS}/two-pipes.cjs`] : [];
    return this.#api.spawn(command, [...preload, ...args], {
      cwd: directory,
      env: { ...ENVIRONMENT, ...program.env },
    });
  }

  #provide(name: string, archive: Uint8Array): Promise<void> {
    const known = this.#packages.get(name);
    if (known) return known;
    const files = [...readTar(archive)].flatMap((entry) =>
      entry.kind === 'file' ? [[entry.name, entry.content] as const] : [],
    );
    const mounted = this.#api.mount({
      node_modules: { directory: fileSystemTree(Object.fromEntries(files)) },
    });
    this.#packages.set(name, mounted);
    return mounted;
  }

  async #request(port: number, request: ProgramRequest, signal: AbortSignal): Promise<ProgramResponse> {
    const { body = '' } = request;
    if (body.length === 0) {
      const client = this.#startClient('request.cjs', requestArguments(port, request));
      return readResponse(await startInnerClient(client, signal), signal);
    }
    // In a file, because a command line has not room for every body.
    const name = `body-${++this.#requestCount}`;
    const mounted = this.#api.mount({ [TOOLS]: { directory: { [name]: { file: { contents: body } } } } });
    const args = requestArguments(port, request, `${TOOLS}/${name}`);
    const client = mounted.then(() => this.#startClient('request.cjs', args));
    try {
      return await readResponse(await startInnerClient(client, signal), signal);
    } finally {
      // The server answers, so that it was read; or it never will be.
      if (!this.#isTornDown) this.#api.fs.rm(`${TOOLS}/${name}`, { force: true }).catch(() => {});
    }
  }

  async #connect(
    port: number,
    path: string,
    protocols: readonly string[],
    signal: AbortSignal,
  ): Promise<ProgramWebSocket> {
    const client = this.#startClient('web-socket.cjs', [webSocketArgument(port, path, protocols)]);
    return readWebSocket(await startInnerClient(client, signal), path, signal);
  }

  #startClient(file: string, args: readonly string[]): Promise<WebContainerProcess> {
    return this.#api.spawn('node', [`${TOOLS}/${file}`, ...args]);
  }

  #end(reason: EngineError): void {
    if (this.#isTornDown) return;
    this.#isTornDown = true;
    this.#tearDown(this.#api);
    for (const run of this.#live) run.lose(reason);
  }
}

function fileSystemTree(files: Readonly<Record<string, string | Uint8Array>>): FileSystemTree {
  const root: FileSystemTree = {};
  for (const [path, contents] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop() ?? path;
    let tree = root;
    for (const folder of folders) {
      const entry = tree[folder];
      const node = entry !== undefined && 'directory' in entry ? entry : { directory: {} };
      tree[folder] = node;
      tree = node.directory;
    }
    tree[name] = { file: { contents } };
  }
  return root;
}
