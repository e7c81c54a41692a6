/** The test host's side of the double: containers are temporary directories, processes are real Node. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HostProcess, Mailbox } from './host-process.ts';
import type { ProcessBehaviour } from './host-process.ts';
import type {
  FileNode,
  FileTree,
  HostCall,
  HostCalls,
  PortEvent,
  SpawnRequest,
  TerminalSize,
} from './protocol.ts';

/** How far the ports in containers are from those of the host: tests that run at the same time share none. */
const PORT_DISTANCE = 10_000 * (1 + Number(process.env['TEST_PARALLEL_INDEX'] ?? 0));

/**
 * Tells of servers on descriptor 3, out of sight of the program. A container has a network of its own: the
 * ports that a program chooses itself are others on the host, which has programs of several containers.
 */
const PORT_REPORTER = `
const { NODE_OPTIONS: _, ...rest } = process.env;
delete process.env.NODE_OPTIONS;
const { Server, Socket } = require('node:net');
const { writeSync } = require('node:fs');
const { address, listen } = Server.prototype;
const { connect } = Socket.prototype;
const report = (event) => { try { writeSync(3, JSON.stringify(event) + '\\n'); } catch {} };
const isOwn = (port) => port >= 1024 && port < 10_000;
const onHost = (port) => Number(port) + ${PORT_DISTANCE};
const moved = (args) => {
  // Node's own functions hand both over in an array.
  const [target, ...others] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof target !== 'object') return isOwn(target) ? [onHost(target), ...others] : args;
  return isOwn(target?.port) ? [{ ...target, port: onHost(target.port) }, ...others] : args;
};
Socket.prototype.connect = function (...args) { return connect.apply(this, moved(args)); };
Server.prototype.address = function () {
  const found = address.call(this);
  return isOwn(found?.port - ${PORT_DISTANCE}) ? { ...found, port: found.port - ${PORT_DISTANCE} } : found;
};
Server.prototype.listen = function (...given) {
  const args = moved(given);
  this.once('listening', () => {
    const { port } = this.address() ?? {};
    if (port === undefined) return;
    report({ port, type: 'open' });
    this.once('close', () => report({ port, type: 'close' }));
  });
  return listen.apply(this, args);
};
`;

/** One shared descriptor keeps stdout and stderr in the order in which they were written. */
function onPipes(command: readonly string[]): string[] {
  return ['/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', ...command];
}

/** A real terminal, of util-linux. Its device and the program's pid are told on descriptor 3. */
function onTerminal(command: readonly string[], { cols, rows }: TerminalSize): string[] {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const shell = `stty cols ${cols} rows ${rows}; echo "$(tty) $$" >&3; exec ${quoted}`;
  return ['script', '--quiet', '--return', '--command', shell, '/dev/null'];
}

interface HostContainer {
  readonly root: string;
  readonly home: string;
  readonly processes: Set<HostProcess>;
  readonly ports: Mailbox<PortEvent>;
}

/** Runs what the frames of one browser context ask for. */
export class ContainerHost {
  readonly #behaviour: ProcessBehaviour;
  readonly #mayAnswer: () => Promise<void>;
  readonly #containers: HostContainer[] = [];
  readonly #processes: HostProcess[] = [];

  constructor(behaviour: ProcessBehaviour, mayAnswer: () => Promise<void>) {
    this.#behaviour = behaviour;
    this.#mayAnswer = mayAnswer;
  }

  /** How many containers were booted so far. */
  get containerCount(): number {
    return this.#containers.length;
  }

  readonly #answers: {
    [Name in keyof HostCalls]: (
      ...args: Parameters<HostCalls[Name]>
    ) => ReturnType<HostCalls[Name]> | Promise<ReturnType<HostCalls[Name]>>;
  } = {
    frameLoaded: () => this.#mayAnswer(),
    build: (workdirName) => this.#build(workdirName),
    mount: (container, tree) => mountTree(this.#container(container).root, tree),
    remove: (container, path) =>
      rm(join(this.#container(container).root, path), { recursive: true, force: true }),
    spawn: (container, request) => this.#spawn(container, request),
    nextProcessEvents: (process) => this.#process(process).nextEvents(),
    nextPortEvents: (container) => this.#container(container).ports.next(),
    write: (process, text) => this.#process(process).write(text),
    resize: (process, size) => this.#process(process).resize(size),
    kill: (process) => this.#process(process).kill(),
    tearDown: (container) => tearDown(this.#container(container)),
  };

  /** Answers a frame. */
  async handle({ name, args }: HostCall): Promise<unknown> {
    // By the type of a call, its arguments are those of its name.
    const answer = this.#answers[name] as (...given: unknown[]) => unknown;
    return answer(...args);
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await Promise.all(this.#containers.map(tearDown));
  }

  #container(id: number): HostContainer {
    const container = this.#containers[id];
    if (container === undefined) throw new Error(`there is no container ${id}`);
    return container;
  }

  #process(id: number): HostProcess {
    const process = this.#processes[id];
    if (process === undefined) throw new Error(`there is no process ${id}`);
    return process;
  }

  async #build(workdirName: string): Promise<number> {
    if (this.#behaviour.bootHangs) return new Promise(() => {});
    const directory = await realpath(await mkdtemp(join(tmpdir(), 'webcontainer-double-')));
    await writeFile(join(directory, 'report-ports.cjs'), PORT_REPORTER);
    const root = join(directory, workdirName);
    await mkdir(root);
    const container = {
      root,
      home: `/home/${workdirName}`,
      processes: new Set<HostProcess>(),
      ports: new Mailbox<PortEvent>(),
    };
    return this.#containers.push(container) - 1;
  }

  #spawn(containerId: number, { command, args, cwd = '', env, terminal }: SpawnRequest): number {
    const { root, home, processes, ports } = this.#container(containerId);
    if (command !== 'node') throw new Error(`the double runs node only, not ${command}`);
    const reporter = join(root, '..', 'report-ports.cjs');
    const nodeCommand = [this.#behaviour.node, ...args];
    const [file = '', ...rest] = terminal ? onTerminal(nodeCommand, terminal) : onPipes(nodeCommand);
    const child = spawn(file, rest, {
      cwd: join(root, cwd),
      env: {
        PATH: process.env['PATH'],
        HOME: root,
        ...stringValues(env),
        NODE_OPTIONS: `--require ${reporter}`,
      },
      stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    });
    // The fourth of the descriptors above is a pipe that is only read.
    createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
      const [device, pid] = line.split(' ');
      if (device?.startsWith('/')) hostProcess.openTerminal({ device, pid: Number(pid) });
      else ports.put(JSON.parse(line) as PortEvent);
    });
    const hostProcess = new HostProcess(child, root, home, this.#behaviour, terminal !== undefined);
    processes.add(hostProcess);
    return this.#processes.push(hostProcess) - 1;
  }
}

function stringValues(env: SpawnRequest['env'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}

async function mountTree(directory: string, tree: FileTree): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, node] of Object.entries(tree.d)) {
    if ('d' in node) await mountTree(join(directory, name), node);
    else await mountFile(join(directory, name), node);
  }
}

async function mountFile(path: string, { f }: FileNode): Promise<void> {
  if ('l' in f) await symlink(f.l, path);
  else await writeFile(path, f.c, f.b === true ? 'latin1' : 'utf8');
}

async function tearDown({ root, processes }: HostContainer): Promise<void> {
  await Promise.all([...processes].map((process) => process.destroy()));
  await rm(join(root, '..'), { recursive: true, force: true });
}
