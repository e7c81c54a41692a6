/** What the build takes out of the pinned Node binary. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LibraryFacts, NodeFacts } from '../process/node-facts.ts';

export interface Dump {
  /** Source text of each module of Node's library, by id. */
  readonly sources: Readonly<Record<string, string>>;
  readonly facts: Omit<NodeFacts, keyof LibraryFacts>;
}

/** Asks the Node that runs the build for its library and the shapes of its bindings. */
export function dumpNode(): Dump {
  const script = fileURLToPath(new URL('dump.ts', import.meta.url));
  const json = execFileSync(process.execPath, ['--expose-internals', '--no-warnings', script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    maxBuffer: 2 ** 28,
  });
  // True: dump.ts prints exactly this type.
  return JSON.parse(json) as Dump;
}
