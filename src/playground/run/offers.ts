/** What helps a reader in a state of the program: not to wait, or to free a port that another program holds. */
import type { RunQueue } from './run-queue.ts';
import type { SessionState } from './session.ts';
import type { Offer } from './status-line.ts';

/** What offers act on. */
export interface OfferContext {
  readonly queue: RunQueue;
  /** What the last run printed. */
  readonly printed: string;
  /** Gives up waiting for WebContainer. */
  readonly useEmbeddedNow: () => void;
  /** Runs the program once more. */
  readonly run: () => void;
}

/** The offer of a state, where there is one. */
export function offerIn(
  state: SessionState,
  { queue, printed, useEmbeddedNow, run }: OfferContext,
): Offer | undefined {
  if (state.name === 'waiting') {
    const { ahead } = state;
    // Nobody waits for it: its end lets this one in.
    return { label: `Stop “${ahead.title}” now`, run: () => void ahead.stop() };
  }
  if (state.name === 'booting' && state.canFallBack)
    return { label: 'Run it in the embedded engine now', run: useEmbeddedNow };
  const port = state.name === 'exited' ? takenPort(printed) : undefined;
  const holder = port === undefined ? undefined : queue.serverOn(port);
  if (!holder) return undefined;
  return {
    label: `Stop “${holder.title}”, which has port ${port}, and run again`,
    run: () => void holder.stop().then(run),
  };
}

/** The port that a program could not listen on, by the error that Node prints. */
export function takenPort(printed: string): number | undefined {
  const port = /\bEADDRINUSE: address already in use \S*:(\d+)\s*$/m.exec(printed)?.[1];
  return port === undefined ? undefined : Number(port);
}
