/** For unit tests: the engine's own Node programs in real processes, behind what the client offers of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { InnerProcess } from './inner-client.ts';

/** Runs a script as a container would: its output is text that comes in pieces, and does not end with the process. */
export function runInside(file: string, args: readonly string[]): InnerProcess {
  const child = spawn(process.execPath, [file, ...args]);
  child.stdin.on('error', () => {}); // It may end before it has read everything.
  child.stdout.setEncoding('latin1');
  const output = new ReadableStream<string>({
    start: (controller) => void child.stdout.on('data', (text: string) => controller.enqueue(text)),
    cancel: () => void child.stdout.removeAllListeners('data').resume(),
  });
  const input = new WritableStream<string>({ write: (text) => void child.stdin.write(text) });
  const exit = once(child, 'exit').then(([code]) => Number(code));
  return { input, output, exit, kill: () => void child.kill() };
}
