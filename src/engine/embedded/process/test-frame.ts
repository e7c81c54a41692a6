/** For tests only: processes that share a network. */
import { Network } from '../frame/network.ts';
import type { ByteStream } from './byte-stream.ts';
import type { Connection, Listener } from './listener.ts';
import { Loopback } from './loopback.ts';
import { Machine } from './machine.ts';

const machines: Machine[] = [];

/** Ends the processes of all frames: what a test does after each case. */
export function endMachines(): void {
  for (const machine of machines.splice(0)) machine.end();
}

/** Processes of one frame, whose messages arrive later, in order. */
export class TestFrame {
  readonly network = new Network();
  readonly machines: Machine[] = [];

  start(): Loopback {
    const process = this.machines.length;
    const loopback = new Loopback();
    const machine = new Machine(
      (request, [port]) => setImmediate(() => this.network.handle(process, request, asPort(port))),
      (...connection) => loopback.take(...connection),
    );
    this.machines.push(machine);
    machines.push(machine);
    loopback.machine = machine;
    this.network.join(process, (news, [port]) => setImmediate(() => machine.hear(news, asPort(port))));
    return loopback;
  }

  /** Ends a process without its doing anything for it. */
  kill(process: number): void {
    this.network.leave(process);
  }
}

/** What is transferred in these messages. */
function asPort(transferred: Transferable | undefined): MessagePort | undefined {
  return transferred instanceof MessagePort ? transferred : undefined;
}

/** A server at an address that is free. */
export function listen(loopback: Loopback, address: string, port: number): Listener {
  const local = loopback.resolveLocal('tcp', address, port);
  const listener = typeof local === 'string' ? local : loopback.listen(local);
  if (typeof listener === 'string') throw new Error(`Cannot listen on ${address}:${port}: ${listener}.`);
  return listener;
}

/** All messages that are on their way have arrived. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A connection to a server that takes it. */
export async function connect(loopback: Loopback, address: string, port: number): Promise<Connection> {
  const connection = loopback.connect(address, port);
  if (typeof connection === 'string') throw new Error(`Cannot connect to port ${port}: ${connection}.`);
  const { whenSettled } = connection;
  if (!whenSettled) throw new Error(`The connection to port ${port} does not leave the process.`);
  const failure = await new Promise<string | undefined>(whenSettled);
  if (failure !== undefined) throw new Error(`Cannot connect to port ${port}: ${failure}.`);
  return connection;
}

/** Waits until a stream can be read, and reads. */
export async function read(stream: ByteStream, limit = 65_536): Promise<string> {
  if (!stream.isReadable) await new Promise<void>((resolve) => (stream.changed = resolve));
  const bytes = stream.read(limit);
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString();
}

/** A frame with a server in one process, and both ends of a connection of another process to it. */
export async function connected(): Promise<{
  frame: TestFrame;
  listener: Listener;
  client: ByteStream;
  server: ByteStream;
  other: Loopback;
}> {
  const frame = new TestFrame();
  const [first, other] = [frame.start(), frame.start()];
  const listener = listen(first, '::', 3000);
  await settled();
  const { stream: client } = await connect(other, '127.0.0.1', 3000);
  await settled();
  const server = listener.accept()?.stream;
  if (!server) throw new Error('No connection arrived.');
  return { frame, listener, client, server, other };
}
