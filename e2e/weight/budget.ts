/** Weights of files, and what they may come to. */

/** Bytes of one file, compressed. */
export interface Weighed {
  readonly name: string;
  readonly bytes: number;
}

/** Bytes of all of them. */
export function total(weights: readonly Weighed[]): number {
  return weights.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes for people, such as `9.9 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`;
}

/** A sum beside its budget, both in bytes, such as `9.9 kB of 12.0 kB`; says so where it is too much. */
export function spent(bytes: number, budget: number): string {
  return `${kilobytes(bytes)} of ${kilobytes(budget)}${bytes > budget ? ': TOO MUCH' : ''}`;
}
