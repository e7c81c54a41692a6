/** What is kept of a program's last run: its output, and that it ran. */
import type { EngineName, OutputChunk } from '../../engine/engine.ts';
import { cutOutput, openStore } from '../store/index.ts';
import type { KeptOutput } from '../store/index.ts';

/** A run that is over. */
export interface FinishedRun {
  readonly chunks: readonly OutputChunk[];
  /** Absent: it was stopped. */
  readonly exitCode?: number;
  readonly engine: EngineName;
  /** More was printed than is in `chunks`. */
  readonly isCut: boolean;
  /** Fingerprint of the program as it was. */
  readonly printedBy: string;
}

/** Keeps a run. Where nothing can be kept, the store says so. */
export function keepRun(program: string, run: FinishedRun): void {
  const store = openStore();
  const at = Date.now();
  store.set('outputs', program, cutOutput({ ...run, at }));
  const exit = run.exitCode === undefined ? {} : { exitCode: run.exitCode };
  store.set('blocks', program, { ranAt: at, ...exit });
}

/** The last run, where one is kept. Never rejects. */
export function recallRun(program: string): Promise<KeptOutput | undefined> {
  return openStore().get('outputs', program);
}
