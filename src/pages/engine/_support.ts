/** What Node's own tests say about the embedded engine: the file that `npm run node-tests -- <folder> --write` keeps. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const moduleSchema = z.strictObject({
  module: z.string(),
  /** How many tests passed in the engine. */
  passed: z.int().nonnegative(),
  /** The tests that passed in Node alone. */
  failed: z.array(z.strictObject({ test: z.string(), reason: z.string() })),
  /** How many tests were not run in the engine, by reason. */
  leftOut: z.record(z.string(), z.int().positive()),
});

const supportSchema = z.strictObject({
  /** Version of Node that the tests were compared with, as `v24.21.0`. */
  node: z.string(),
  modules: z.array(moduleSchema),
});

/** The results of one module. */
export type ModuleResult = z.infer<typeof moduleSchema>;

/** The results of all modules. */
export type Support = z.infer<typeof supportSchema>;

/** Reads the results; throws where the file has another shape. */
export async function readSupport(): Promise<Support> {
  return supportSchema.parse(JSON.parse(await readFile('src/engine/embedded/node-tests.json', 'utf8')));
}

/** How many tests were run in the engine. */
export function askedOf({ passed, failed }: ModuleResult): number {
  return passed + failed.length;
}

/** How many tests were not. */
export function leftOutOf({ leftOut }: ModuleResult): number {
  return Object.values(leftOut).reduce((sum, count) => sum + count, 0);
}

/** Share of the tests that passed, as `97.5 %`. */
export function shareOf(result: ModuleResult): string {
  return `${((100 * result.passed) / askedOf(result)).toFixed(1)} %`;
}
