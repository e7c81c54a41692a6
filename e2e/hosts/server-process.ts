/** Servers that are programs of the system. */
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { findProgram } from '../system-programs.ts';
import type { RunningHost } from './host.ts';

/** Starts a server, and resolves once `url` answers; rejects with what it printed where it ends instead. */
export async function startProcess(
  name: string,
  args: readonly string[],
  url: string,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<RunningHost> {
  const child = spawn(findProgram(name) ?? name, args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-2000)));
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      printed += error.message;
      resolve();
    });
    child.once('close', () => resolve());
  });
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  for (;;) {
    if (hasEnded) throw new Error(`${name} did not start: ${printed.trim()}`);
    const answered = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
    await answered?.body?.cancel();
    if (answered) break;
    await setTimeout(50);
  }
  return {
    url,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
