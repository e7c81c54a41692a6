/** A conformance case: a folder with `files/`, `meta.json` and `expected.json`. */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { Program } from '../../src/engine/engine.ts';

const metaSchema = z.object({
  area: z.string(),
  entry: z.string(),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
  stdin: z.string().optional(),
  npm: z.array(z.string()).default([]),
  stderrContains: z.array(z.string()).default([]),
});

const expectedSchema = z.object({ stdout: z.string(), code: z.number().int() });

export interface ConformanceCase {
  readonly id: string;
  readonly program: Program;
  readonly stderrContains: readonly string[];
  readonly stdout: string;
  readonly exitCode: number;
}

const form =
  'A folder of conformance cases has a subfolder for each, with files/, meta.json and expected.json in it.';

/** Reads every case of a folder, in the order of their names. Throws a sentence where there are none or one has another form. */
export async function readCases(directory: string): Promise<ConformanceCase[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new Error(`There is no folder ${directory}. ${form}`, { cause });
  });
  const ids = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (ids.length === 0) throw new Error(`There are no cases in the folder ${directory}. ${form}`);
  return await Promise.all(
    ids.toSorted().map(async (id) => {
      const path = join(directory, id);
      try {
        return await readCase(path, id);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`${path} is no case: ${reason}\n${form}`, { cause });
      }
    }),
  );
}

async function readCase(directory: string, id: string): Promise<ConformanceCase> {
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(directory, name), 'utf8'));
  const meta = metaSchema.parse(await json('meta.json'));
  const expected = expectedSchema.parse(await json('expected.json'));
  const program: Program = {
    files: await readFiles(join(directory, 'files')),
    packages: meta.npm,
    command: ['node', meta.entry, ...meta.args],
    env: { TZ: 'UTC', ...meta.env },
    ...(meta.stdin === undefined ? {} : { stdin: meta.stdin }),
  };
  return {
    id,
    program,
    stderrContains: meta.stderrContains,
    stdout: expected.stdout,
    exitCode: expected.code,
  };
}

async function readFiles(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = files.map(async (path) => {
    return [relative(directory, path).split(sep).join('/'), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}
