/** The Worker of one process: brings Node's library up, waits for its program, runs it, and halts. */
import './missing-symbols.ts';
import './shared-memory.ts';
import type { NetworkNews, NetworkRequest } from '../network-protocol.ts';
import {
  longestOutput,
  outputCost,
  type ProcessCommand,
  type ProcessMessage,
  type WorkerCommand,
} from '../protocol.ts';
import { loopbackOf } from './loopback.ts';
import { Machine } from './machine.ts';
import { loadMissingPart } from './missing-parts.ts';
import { OutsideExchanges } from './outside-exchanges.ts';
import { prepareProcess, type PreparedProcess } from './start-process.ts';

/** Bytes that may be on their way to the page before the process waits for it. */
const mostUnseenOutput = 1024 * 1024;

/** Characters of an echo that are sent at once. */
const longestEcho = 50_000;

// Captured before Node's globals take the browser's places.
const tellFrame = globalThis.postMessage.bind(globalThis) as (
  request: NetworkRequest,
  transfer: Transferable[],
) => void; // a Worker's, not a window's

let port: MessagePort | undefined;
let machine: Machine | undefined;
let prepared: PreparedProcess | undefined;

function send(message: ProcessMessage): void {
  port?.postMessage(message);
}

/** Stops this thread for good: nothing of the program runs any more until the Worker is terminated. */
function halt(): never {
  const cell = typeof SharedArrayBuffer === 'function' ? new Int32Array(new SharedArrayBuffer(4)) : undefined;
  for (;;) if (cell) Atomics.wait(cell, 0, 0);
}

/** Output in the pieces that the page takes. */
function piecesOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length <= longestOutput) return [bytes];
  const count = Math.ceil(bytes.length / longestOutput);
  return Array.from({ length: count }, (_, index) =>
    bytes.slice(index * longestOutput, (index + 1) * longestOutput),
  );
}

/** Waits until the page has seen a number of bytes; both count modulo 2 ** 32. */
function waitFor(seen: Int32Array, bytes: number): void {
  for (let known = Atomics.load(seen, 0); ((bytes - known) | 0) > 0; known = Atomics.load(seen, 0))
    Atomics.wait(seen, 0, known);
}

function prepare({ library, seen }: Extract<WorkerCommand, { type: 'prepare' }>): PreparedProcess {
  let sent = 0;
  return prepareProcess({
    library,
    loadPart: loadMissingPart,
    sendOutput(fd, bytes) {
      for (const piece of piecesOf(bytes)) {
        send({ type: 'output', fd, bytes: piece });
        sent += piece.length + outputCost;
        if (seen) waitFor(seen, sent - mostUnseenOutput);
      }
    },
    sendEcho(text) {
      for (let at = 0; at < text.length; at += longestEcho)
        send({ type: 'echo', text: text.slice(at, at + longestEcho) });
    },
    announceServer: (number) => send({ type: 'listening', port: number }),
    announceServerClosed: (number) => send({ type: 'server-closed', port: number }),
    announceInputWanted: () => send({ type: 'input-wanted' }),
    exit(code) {
      machine?.end();
      // `process.reallyExit` takes anything.
      send({ type: 'exit', code: code | 0 });
      return halt();
    },
  });
}

function obey(process: PreparedProcess, exchanges: OutsideExchanges, command: ProcessCommand): void {
  switch (command.type) {
    case 'stdin':
      return process.type(command.text);
    case 'stdin-end':
      return process.endInput();
    case 'resize':
      return process.resize(command.size);
    case 'signal':
      return process.realm.loop.enqueueReady(() => process.realm.raise(command.signal));
    case 'request':
    case 'connect':
    case 'pull':
    case 'send':
    case 'close':
    case 'cancel':
      return exchanges.obey(command);
  }
}

async function run(
  process: PreparedProcess,
  command: Extract<WorkerCommand, { type: 'run' }>,
): Promise<void> {
  try {
    await process.run(command.program);
  } catch (error) {
    process.flush();
    send({
      type: 'crashed',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}

function start(process: PreparedProcess, command: Extract<WorkerCommand, { type: 'run' }>): void {
  const exchanges = new OutsideExchanges(loopbackOf(process.realm), send);
  if (port) port.onmessage = (event: MessageEvent<ProcessCommand>) => obey(process, exchanges, event.data);
  // It reports its failures itself.
  void run(process, command);
}

function joinMachine({ realm }: PreparedProcess): Machine {
  const loopback = loopbackOf(realm);
  const joined = new Machine(tellFrame, (...connection) => loopback.take(...connection));
  loopback.machine = joined;
  return joined;
}

addEventListener('message', ({ data, ports }: MessageEvent<WorkerCommand | NetworkNews>) => {
  if (data.type === 'prepare') {
    prepared = prepare(data);
    machine = joinMachine(prepared);
  } else if (data.type === 'part') prepared?.realm.library.addPart(data.name, data.text ?? '');
  else if (data.type !== 'run') machine?.hear(data, ports[0]);
  else if (prepared) {
    port = ports[0];
    start(prepared, data);
  }
});
