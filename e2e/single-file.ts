/** Programs of tests. */
import type { Program } from '../src/engine/engine.ts';

/** A program of one file, run as it is. */
export function singleFile(code: string, file = 'main.mjs'): Program {
  return { files: { [file]: code }, packages: [], command: ['node', file], env: {} };
}
