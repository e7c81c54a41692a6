/** Ports for servers that cannot choose one themselves. */
import { createServer } from 'node:net';

/** Below those that systems give out by themselves: nobody takes one between the question and its use. */
const first = 20_000;
const last = 29_999;

let next = first + Math.floor(Math.random() * (last - first));

/** A port of this machine that nobody listens on; another one at each call. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next;
    next = port < last ? port + 1 : first;
    if (await isFree(port)) return port;
  }
}

/** Whether nobody listens there, on any address. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((listening, failed) => {
      server.once('error', failed).listen(port, listening);
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
  await new Promise((closed) => server.close(closed));
  return true;
}
