/** Node's tests in the pinned Node itself: only what passes there is asked of the engine. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NodeTest } from './suite.ts';

/** `passed`, or why the engine is not asked. */
export type NativeResult = 'passed' | 'fails in native Node' | 'skips itself in native Node';

/** Milliseconds that a test may take. */
const limit = 30_000;

const cacheFile = join('node_modules', '.cache', 'node-tests', `native-${process.version}.json`);

/** Runs tests; what it learnt of a text stays true, so it is kept between runs. */
export class NativeNode {
  readonly #root: string;
  readonly #known: Map<string, NativeResult>;

  constructor(root: string) {
    this.#root = root;
    this.#known = new Map(readCache());
  }

  async run(test: NodeTest): Promise<NativeResult> {
    const key = createHash('sha256').update(test.path).update(test.source).digest('hex').slice(0, 16);
    const known = this.#known.get(key);
    if (known) return known;
    const result = await this.#spawn(test);
    this.#known.set(key, result);
    return result;
  }

  save(): void {
    mkdirSync(dirname(cacheFile), { recursive: true });
    writeFileSync(cacheFile, JSON.stringify([...this.#known]));
  }

  #spawn({ path, flags, env }: NodeTest): Promise<NativeResult> {
    const temporary = join(tmpdir(), `node-test-${process.pid}-${path.replaceAll('/', '-')}`);
    mkdirSync(temporary, { recursive: true });
    const { PATH = '' } = process.env;
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [...flags, path],
        {
          cwd: this.#root,
          timeout: limit,
          killSignal: 'SIGKILL',
          maxBuffer: 2 ** 26,
          env: { PATH, HOME: temporary, TZ: 'UTC', NODE_TEST_DIR: temporary, ...env },
        },
        (error, stdout) => {
          if (error) resolve('fails in native Node');
          else resolve(isSkipped(stdout) ? 'skips itself in native Node' : 'passed');
        },
      );
      child.stdin?.end();
    });
  }
}

/** Whether a test said that it does not apply, as `common.skip` does. */
export function isSkipped(output: string): boolean {
  return /^1\.\.0 # Skipped/m.test(output);
}

function readCache(): [string, NativeResult][] {
  try {
    // True: `save` wrote it.
    return JSON.parse(readFileSync(cacheFile, 'utf8')) as [string, NativeResult][];
  } catch {
    return [];
  }
}
