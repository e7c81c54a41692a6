/** What a process in a WebContainer prints, read to an end that the client's own stream need not have. */
import type { WebContainerProcess } from '@webcontainer/api';

/** A terminal without output for so long after the exit has nothing more to say, in milliseconds. */
const DRAIN = 300;

function after(milliseconds: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, 'late'));
}

/** Silence, in a page that was free to hear: what came while it was busy is handled between the two waits. */
async function silence(): Promise<'late'> {
  await after(DRAIN);
  return after(0);
}

/** Output up to the exit, and what comes briefly after it. Throws where the client loses the process. */
export async function* outputOf({
  output,
  exit,
}: Pick<WebContainerProcess, 'output' | 'exit'>): AsyncGenerator<string, void> {
  const reader = output.getReader();
  const exited = exit.then(() => 'exited' as const);
  let next = reader.read();
  let patience: Promise<'exited' | 'late'> = exited;
  for (;;) {
    const result = await Promise.race([next, patience]);
    if (result === 'late') break;
    if (result === 'exited') {
      patience = silence();
      continue;
    }
    if (result.done) break;
    yield result.value;
    next = reader.read();
    if (patience !== exited) patience = silence();
  }
  // It may never end by itself, and nobody reads on.
  reader.cancel().catch(() => {});
}
