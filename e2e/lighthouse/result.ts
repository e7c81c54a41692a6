/** What is read of a result of Lighthouse. */
import { z } from 'zod';

const resultSchema = z.object({
  environment: z.object({ benchmarkIndex: z.number() }),
  categories: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      displayValue: z.string().optional(),
      details: z.unknown(),
    }),
  ),
});

/** Categories with their audits; scores are from 0 to 1, or null where they do not apply. */
export type Result = z.infer<typeof resultSchema>;

/** Reads a result; throws where it has another form. */
export function readResult(result: unknown): Result {
  return resultSchema.parse(result);
}

/** Points of all categories together, of which each has at most 100. */
export function pointsOf({ categories }: Result): number {
  return Object.values(categories).reduce((total, { score }) => total + Math.round((score ?? 0) * 100), 0);
}

/** Of some results the one in the middle, by their points. */
export function medianOf(results: readonly Result[]): Result {
  const sorted = results.toSorted((one, other) => pointsOf(one) - pointsOf(other));
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error('there is a median of no results');
  return median;
}
