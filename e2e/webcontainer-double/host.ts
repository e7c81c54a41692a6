/** The test host's side of the double: containers are temporary directories, processes are real Node. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { FileNode, FileTree, HostCall, PortEvent, ProcessEvent, SpawnRequest } from './protocol.ts';

/** How the processes behave where the real ones are awkward. */
export interface ProcessBehaviour {
  /** Output never ends, not even after the exit. */
  keepsOutputOpen: boolean;
  /** The last output comes after the exit. */
  printsAfterExit: boolean;
  /** A kill has no effect, nor has Ctrl+C; only a teardown ends a program. */
  ignoresKill: boolean;
  /** Containers never finish to boot. */
  bootHangs: boolean;
  /** Path of the Node binary that runs the programs. */
  node: string;
}

/** Tells of servers on descriptor 3, out of sight of the program. */
const PORT_REPORTER = `
const { NODE_OPTIONS: _, ...rest } = process.env;
delete process.env.NODE_OPTIONS;
const { Server } = require('node:net');
const { writeSync } = require('node:fs');
const { listen } = Server.prototype;
const report = (event) => { try { writeSync(3, JSON.stringify(event) + '\\n'); } catch {} };
Server.prototype.listen = function (...args) {
  this.once('listening', () => {
    const { port } = this.address() ?? {};
    if (port === undefined) return;
    report({ port, type: 'open' });
    this.once('close', () => report({ port, type: 'close' }));
  });
  return listen.apply(this, args);
};
`;

/** Events that wait to be asked for, or are waited for. */
class Mailbox<T> {
  readonly #events: T[] = [];
  #waiting: ((event: T) => void) | undefined;

  put(event: T): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#events.push(event);
    else waiting(event);
  }

  async next(): Promise<T> {
    const event = this.#events.shift();
    return event ?? new Promise((resolve) => (this.#waiting = resolve));
  }
}

class HostProcess {
  readonly events = new Mailbox<ProcessEvent>();
  readonly #child: ChildProcess;
  readonly #behaviour: ProcessBehaviour;
  #line = '';

  constructor(child: ChildProcess, root: string, home: string, behaviour: ProcessBehaviour) {
    this.#child = child;
    this.#behaviour = behaviour;
    child.stdin?.on('error', () => {}); // The program may end without reading.
    void this.#follow(root, home); // Streams of a child do not fail.
  }

  /** A terminal in its usual mode: lines, Ctrl+C and Ctrl+D. */
  write(text: string): void {
    for (const character of text.replaceAll('\r', '\n')) {
      if (character === '\x03') {
        if (!this.#behaviour.ignoresKill) this.#child.kill('SIGINT');
      } else if (character === '\x04') {
        if (this.#line === '') this.#child.stdin?.end();
        else this.#flush();
      } else {
        this.#line += character;
        if (character === '\n') this.#flush();
      }
    }
  }

  kill(): void {
    if (!this.#behaviour.ignoresKill) this.#child.kill('SIGTERM');
  }

  /** Resolves when the process is gone. */
  async destroy(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #flush(): void {
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(this.#line);
    this.#line = '';
  }

  async #follow(root: string, home: string): Promise<void> {
    let held: ProcessEvent | undefined;
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1').replaceAll(root, home).replaceAll('\n', '\r\n');
      if (held !== undefined) this.events.put(held);
      held = { type: 'output', bytes: Buffer.from(text, 'latin1').toString('base64') };
      if (this.#behaviour.printsAfterExit) return;
      this.events.put(held);
      held = undefined;
    });
    const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
    this.events.put({ type: 'exit', code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'] });
    if (held !== undefined) this.events.put(held);
    if (!this.#behaviour.keepsOutputOpen) this.events.put({ type: 'end' });
  }
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

  /** Answers a frame. */
  async handle(call: HostCall): Promise<unknown> {
    switch (call.name) {
      case 'frameLoaded':
        return this.#mayAnswer();
      case 'build':
        return this.#build(...call.args);
      case 'mount':
        return mountTree(this.#container(call.args[0]).root, call.args[1]);
      case 'remove':
        return rm(join(this.#container(call.args[0]).root, call.args[1]), { recursive: true, force: true });
      case 'readFile':
        return readFile(join(this.#container(call.args[0]).root, call.args[1]), 'utf8');
      case 'spawn':
        return this.#spawn(...call.args);
      case 'nextProcessEvent':
        return this.#process(call.args[0]).events.next();
      case 'nextPortEvent':
        return this.#container(call.args[0]).ports.next();
      case 'write':
        return this.#process(call.args[0]).write(call.args[1]);
      case 'kill':
        return this.#process(call.args[0]).kill();
      case 'tearDown':
        return tearDown(this.#container(call.args[0]));
    }
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
    const container = { root, home: `/home/${workdirName}`, processes: new Set<HostProcess>(), ports: new Mailbox<PortEvent>() };
    return this.#containers.push(container) - 1;
  }

  #spawn(containerId: number, { command, args, cwd = '', env }: SpawnRequest): number {
    const { root, home, processes, ports } = this.#container(containerId);
    if (command !== 'node') throw new Error(`the double runs node only, not ${command}`);
    const reporter = join(root, '..', 'report-ports.cjs');
    // One shared descriptor keeps stdout and stderr in the order in which they were written.
    const child = spawn('/bin/sh', ['-c', 'exec "$@" 2>&1', 'sh', this.#behaviour.node, ...args], {
      cwd: join(root, cwd),
      env: { PATH: process.env['PATH'], HOME: root, ...stringValues(env), NODE_OPTIONS: `--require ${reporter}` },
      stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    });
    // The fourth of the descriptors above is a pipe that is only read.
    createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => ports.put(JSON.parse(line) as PortEvent));
    const hostProcess = new HostProcess(child, root, home, this.#behaviour);
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
