/** The Worker of one process: brings Node's library up, waits for its program, runs it, and halts. */
import './shared-memory.ts';
import {
  longestBody,
  longestOutput,
  outputCost,
  type ProcessCommand,
  type ProcessMessage,
  type WorkerCommand,
} from '../protocol.ts';
import { loopbackOf } from './loopback.ts';
import { loadMissingPart } from './missing-parts.ts';
import { requestFromOutside } from './server-request.ts';
import { prepareProcess, type PreparedProcess } from './start-process.ts';

/** Bytes that may be on their way to the page before the process waits for it. */
const mostUnseenOutput = 1024 * 1024;

let port: MessagePort | undefined;
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
    announceServer: (number) => send({ type: 'listening', port: number }),
    exit(code) {
      // `process.reallyExit` takes anything.
      send({ type: 'exit', code: code | 0 });
      return halt();
    },
  });
}

function obey({ realm, streams }: PreparedProcess, command: ProcessCommand): void {
  switch (command.type) {
    case 'stdin':
      streams.feed(new realm.host.TextEncoder().encode(command.text));
      break;
    case 'stdin-end':
      streams.endInput();
      break;
    case 'signal':
      realm.loop.enqueueReady(() => realm.raise(command.signal));
      break;
    case 'request': {
      const { id } = command;
      requestFromOutside(loopbackOf(realm), command.port, command.request).then(
        (response) => {
          if (response.body.length <= longestBody) send({ type: 'response', id, response });
          else {
            const message = `The answer has more than ${longestBody / 1024 / 1024} MB: it is not shown.`;
            send({ type: 'request-failed', id, message });
          }
        },
        (error: unknown) => send({ type: 'request-failed', id, message: String(error) }),
      );
    }
  }
}

async function run(
  process: PreparedProcess,
  command: Extract<WorkerCommand, { type: 'run' }>,
): Promise<void> {
  const { stdin, ...program } = command.program;
  if (stdin !== undefined) {
    if (stdin !== '') obey(process, { type: 'stdin', text: stdin });
    obey(process, { type: 'stdin-end' });
  }
  try {
    await process.run(program);
  } catch (error) {
    process.streams.flush();
    send({
      type: 'crashed',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}

addEventListener('message', ({ data, ports }: MessageEvent<WorkerCommand>) => {
  if (data.type === 'prepare') prepared = prepare(data);
  else if (data.type === 'part') prepared?.realm.library.addPart(data.name, data.text ?? '');
  else if (prepared) {
    const process = prepared;
    port = ports[0];
    if (port) port.onmessage = (event: MessageEvent<ProcessCommand>) => obey(process, event.data);
    // It reports its failures itself.
    void run(process, data);
  }
});
