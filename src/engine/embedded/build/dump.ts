/** Runs in the pinned Node with `--expose-internals`; prints what the engine takes from it as JSON. */
import { createRequire } from 'node:module';
import process from 'node:process';
import vm from 'node:vm';
import { membersOfIntrinsics } from '../process/intrinsics.ts';
import type { Dump } from './node-dump.ts';
import { describeValue } from './shapes.ts';
import type { Shape } from './shapes.ts';

const require = createRequire(import.meta.url);
// True: the pinned Node offers this module to its own tests under --expose-internals.
const { internalBinding } = require('internal/test/binding') as {
  internalBinding(name: string): Record<string, unknown>;
};

const natives = internalBinding('builtins')['natives'] as Record<string, string>; // id → source
const sources = Object.entries(natives).filter(([id]) => !id.startsWith('internal/deps/v8/'));

const bindingNames = new Set<string>();
for (const [, source] of sources) {
  for (const match of source.matchAll(/internalBinding\('(\w+)'\)/g)) bindingNames.add(match[1] ?? '');
}

/** Members that are taken elsewhere, or would make every build another: the times of this very process. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  builtins: ['natives', 'config'],
  performance: ['milestones'],
};

const shapes: Record<string, Shape> = {};
for (const name of [...bindingNames].toSorted()) {
  try {
    shapes[name] = describeValue(internalBinding(name), leftOut[name]);
  } catch {
    // Only some builds of Node have it (quic): a program cannot ask for it either.
  }
}

const options = internalBinding('options') as {
  getCLIOptionsValues(): Record<string, unknown>;
  getCLIOptionsInfo(): { options: Map<string, object>; aliases: Map<string, string[]> };
};
const { options: known, aliases } = options.getCLIOptionsInfo();
// A context of its own: what Node's library adds to the language is not in it.
const freshGlobal = vm.runInNewContext('globalThis') as object; // what its name says
const intrinsics = Object.getOwnPropertyNames(freshGlobal);

const dump: Dump = {
  sources: Object.fromEntries(sources),
  facts: {
    version: process.version,
    versions: { ...process.versions } as Record<string, string>, // every key of a real process is a string
    release: { ...process.release },
    config: internalBinding('builtins')['config'] as string, // config.gypi as JSON
    options: {
      ...options.getCLIOptionsValues(),
      '--expose-internals': false,
      '--no-expose-internals': true,
      '--warnings': true,
      '--no-warnings': false,
    },
    optionsInfo: {
      // The help of an option is shown by a command line alone.
      options: [...known].map(([name, info]) => [name, { ...info, helpText: '' }] as const),
      aliases: [...aliases],
    },
    intrinsics,
    intrinsicMembers: membersOfIntrinsics(intrinsics, freshGlobal),
    shapes,
  },
};
process.stdout.write(JSON.stringify(dump));
