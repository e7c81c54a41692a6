/**
 * Changes to Node's library, each of which must match exactly once.
 *
 * A browser has no call that runs the microtasks now: they run when a task ends. So the three functions that run them
 * between callbacks wait for the next task instead. Lines and the columns of calls must stay, they appear in stack
 * traces: that is why `await` stands where the indentation or the line before has room for it.
 */

export interface Patch {
  readonly module: string;
  readonly find: string;
  readonly replace: string;
}

export const patches: readonly Patch[] = [
  ...inModule('internal/process/task_queues', [
    ['function runNextTicks() {', 'async function runNextTicks() {'],
    ['hasRejectionToWarn())\n    runMicrotasks();', 'hasRejectionToWarn()) await\n    runMicrotasks();'],
    ['    return;\n\n  processTicksAndRejections();', '    return;\n  await\n  processTicksAndRejections();'],
    ['function processTicksAndRejections() {', 'async function processTicksAndRejections() {'],
    ['    }\n    runMicrotasks();\n  } while', '    } await\n    runMicrotasks();\n  } while'],
  ]),
  ...inModule('internal/timers', [
    ['  function processImmediate() {', '  async function processImmediate() {'],
    ...awaitNextTicks('ranAtLeastOneImmediate'),
    ['  function processTimers(now) {', '  async function processTimers(now) {'],
    ...awaitNextTicks('ranAtLeastOneList'),
    ['      listOnTimeout(list, now);', 'await listOnTimeout(list, now);'],
    ['  function listOnTimeout(list, now) {', '  async function listOnTimeout(list, now) {'],
    ...awaitNextTicks('ranAtLeastOneTimer'),
  ]),
  // The console shows promises, whose states a page learns a moment later: see process/late-promises.ts.
  ...inModule('internal/console/constructor', [
    [
      'const {\n  inspect,\n  formatWithOptions,\n} = require(',
      'const {\n  inspect,\n  formatWithOptions: format,\n} = require(',
    ],
    [
      "} = require('internal/util/inspect');",
      "} = require('internal/util/inspect'); const formatWithOptions = internalBinding('util').formatLater(format);",
    ],
  ]),
];

function awaitNextTicks(flag: string): [find: string, replace: string][] {
  return [[`if (${flag})\n        runNextTicks();`, `if (${flag}) await\n        runNextTicks();`]];
}

function inModule(module: string, changes: readonly (readonly [find: string, replace: string])[]): Patch[] {
  return changes.map(([find, replace]) => ({ module, find, replace }));
}

/** Applies the patches of one module. Throws an error naming the patch that does not match once or moves lines. */
export function applyPatches(module: string, source: string): string {
  return patches
    .filter((patch) => patch.module === module)
    .reduce((text, patch) => applyPatch(text, patch), source);
}

function applyPatch(source: string, { module, find, replace }: Patch): string {
  const matches = source.split(find).length - 1;
  const patch = `The patch of node:${module} that looks for ${JSON.stringify(find)}`;
  if (matches !== 1) {
    throw new Error(`${patch} matches ${matches} times; adapt build/patches.ts to the pinned Node.`);
  }
  if (find.split('\n').length !== replace.split('\n').length) throw new Error(`${patch} moves lines.`);
  return source.replace(find, () => replace);
}
