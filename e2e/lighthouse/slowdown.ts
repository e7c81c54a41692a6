/** How much slower a phone is than this machine. */

/** Speed of a middle phone, and of machines for which other factors than these are right: Lighthouse's `benchmarkIndex`. */
const phone = 150;
const slow = 800;
const fast = 1300;

/**
 * The factor by which Lighthouse multiplies what it sees, from the speed that it measured: its own 4 suits a fast desktop, and
 * would make another phone of a machine that is slower or busy. The steps are those of Lighthouse's calculator:
 * https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
 */
export function slowdownOf(benchmarkIndex: number): number {
  if (benchmarkIndex >= fast) return Math.min(4, 3 + (benchmarkIndex - fast) / 233);
  if (benchmarkIndex >= slow) return 2 + (benchmarkIndex - slow) / (fast - slow);
  return Math.max(1, 1 + (benchmarkIndex - phone) / (slow - phone));
}
