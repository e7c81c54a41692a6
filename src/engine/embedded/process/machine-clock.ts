/** The clock of the machine that programs find: it never goes back, and it runs longer than the process. */

/** Milliseconds that the machine is up when the page of the program is opened. */
export const upBefore = 3_600_000;

/** Milliseconds since the machine was started, given the page's clock. */
export function machineTime(performance: Pick<Performance, 'now'>): number {
  return upBefore + performance.now();
}
