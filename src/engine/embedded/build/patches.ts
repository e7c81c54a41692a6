/**
 * Changes to Node's library, each of which must match exactly once.
 *
 * A browser has no call that runs the microtasks now: they run when a task ends. So the functions that run them between
 * callbacks are generators, which the loop resumes in the next task. Lines and the columns of calls must stay, they appear in stack
 * traces: that is why `yield` stands where the indentation or the line before has room for it.
 */

export interface Patch {
  readonly module: string;
  readonly find: string;
  readonly replace: string;
}

export const patches: readonly Patch[] = [
  ...inModule('internal/process/task_queues', [
    ['function runNextTicks() {', 'function* runNextTicks(caller) {'],
    [
      'hasRejectionToWarn())\n    runMicrotasks();',
      'hasRejectionToWarn()) yield (\n    runMicrotasks(caller));',
    ],
    [
      '    return;\n\n  processTicksAndRejections();',
      '    return;\n  yield*\n  processTicksAndRejections(caller);',
    ],
    ['function processTicksAndRejections() {', 'function* processTicksAndRejections(caller) {'],
    ['    }\n    runMicrotasks();\n  } while', '    } yield (\n    runMicrotasks(caller, true));\n  } while'],
  ]),
  ...inModule('internal/timers', [
    ['  function processImmediate() {', '  function* processImmediate() {'],
    ...awaitNextTicks('ranAtLeastOneImmediate'),
    ['  function processTimers(now) {', '  function* processTimers(now) {'],
    ...awaitNextTicks('ranAtLeastOneList'),
    ['      listOnTimeout(list, now);', 'yield*listOnTimeout(list, now);'],
    ['  function listOnTimeout(list, now) {', '  function* listOnTimeout(list, now) {'],
    ...awaitNextTicks('ranAtLeastOneTimer'),
  ]),
  ...inModule('internal/bootstrap/node', [
    [
      '  process._tickCallback = runNextTicks;',
      '  process._tickCallback = () => { for (const _ of runNextTicks()); };',
    ],
  ]),
  // Reading some members loads large parts of the library: see `setExportOf` of process/bindings/module_wrap.ts.
  ...inModule('internal/bootstrap/realm', [
    ['        this.module.setExport(exportName,', '        this.module.setExportOf(exportName,'],
    ['getOwn(this.exports, exportName, this.exports));', 'this.exports);'],
  ]),
  // Nobody can ask a promise of the web whether it was rejected: see `watchLinking` of process/bindings/module_wrap.ts.
  ...inModule('internal/modules/esm/module_job', [
    [
      '      this.instantiated = this.#asyncInstantiate();',
      "this.instantiated = internalBinding('module_wrap').watchLinking(this.#asyncInstantiate());",
    ],
  ]),
  // There is no thread to run hooks in: see process/esm/loader-hooks.ts.
  ...inModule('internal/modules/esm/hooks', [
    [
      '= AsyncLoaderHooksProxiedToLoaderHookWorker;',
      "= internalBinding('module_wrap').createHooksInThread(AsyncLoaderHooksOnLoaderHookWorker);",
    ],
  ]),
  // Files of tests run in the process that asks for them, as the option says here by default.
  ...inModule('internal/test_runner/runner', [["isolation = 'process',", "isolation = 'none',"]]),
  // A program may set the exports of its own modules at any time, where those of the loader are set once.
  ...inModule('internal/vm/module', [
    ['   syntheticEvaluationSteps);', '   syntheticEvaluationSteps, true);'],
  ]),
  // What Safari's language throws has no stack as V8 writes it until somebody asks: see process/stack-api/javascript-core.ts.
  ...inModule('internal/util/inspect', [
    [
      '    stack = error.stack;\n  } catch {',
      "    stack = internalBinding('errors').stackOf(error);\n  } catch {",
    ],
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
  return [[`if (${flag})\n        runNextTicks();`, `if (${flag}) yield*\n        runNextTicks('${flag}');`]];
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
