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

/** Sum over all modules. */
export function total(modules: readonly ModuleResult[]): ModuleResult {
  const leftOut: Record<string, number> = {};
  for (const each of modules)
    for (const [reason, count] of Object.entries(each.leftOut))
      leftOut[reason] = (leftOut[reason] ?? 0) + count;
  return {
    module: 'all',
    passed: modules.reduce((sum, { passed }) => sum + passed, 0),
    failed: modules.flatMap(({ failed }) => failed),
    leftOut,
  };
}

/** Share of the tests asked that passed, as `97.5 %`; empty where none was asked. */
export function share({ passed, failed }: ModuleResult): string {
  const asked = passed + failed.length;
  return asked === 0 ? '' : `${((100 * passed) / asked).toFixed(1)} %`;
}
