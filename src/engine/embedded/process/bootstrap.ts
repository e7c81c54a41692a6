/** Runs the files of Node's library that start a process, in Node's order. */
import type { ProcessRealm } from './create-realm.ts';

const bootstrapFiles = [
  'internal/bootstrap/node',
  'internal/bootstrap/web/exposed-wildcard',
  'internal/bootstrap/web/exposed-window-or-worker',
  'internal/bootstrap/switches/is_main_thread',
  'internal/bootstrap/switches/does_own_process_state',
] as const;

/** Modules that most programs reach: loaded before the program is known, so that it starts sooner. */
const preloaded = [
  'internal/process/pre_execution',
  'internal/modules/run_main',
  'internal/modules/esm/loader',
  'internal/modules/esm/load',
  'internal/modules/esm/resolve',
  'internal/modules/esm/translators',
  'internal/modules/esm/initialize_import_meta',
  'internal/deps/acorn/acorn/dist/acorn',
  'internal/fs/sync_write_stream',
  'internal/dns/utils',
  'internal/process/signal',
] as const;

/**
 * Brings Node's library up to the point where it needs to know the program. Returns a function that runs the program
 * that the command line asks for, given the module of Node's library that does so.
 */
export function bootstrapNode(realm: ProcessRealm): (entryPoint: string) => void {
  const { library, process } = realm;
  const primordials = {};
  const symbols = realm.internalBinding('symbols');
  const privateSymbols = realm.internalBinding('util')['privateSymbols'];
  library.compile('internal/per_context/primordials')({}, primordials, privateSymbols, symbols);
  for (const id of ['internal/per_context/domexception', 'internal/per_context/messageport']) {
    library.compile(id)(realm.perContext, primordials, privateSymbols, symbols);
  }
  let require: unknown;
  let internalBinding: unknown;
  const setLoaders = realm.setLoaders.bind(realm);
  realm.internalBinding('builtins')['setInternalLoaders'] = (
    ...loaders: Parameters<typeof realm.setLoaders>
  ) => {
    [internalBinding, require] = loaders;
    setLoaders(...loaders);
  };
  const linked = (name: string): never => realm.notSupported(`process._linkedBinding('${name}')`);
  library.compile('internal/bootstrap/realm')(process, linked, realm.internalBinding, primordials);
  realm.stackTraces.install();
  for (const id of bootstrapFiles) library.compile(id)(process, require, internalBinding, primordials);
  for (const id of preloaded) realm.requireBuiltin(id);
  completeConsole(globalThis.console);
  // In Node these are plain properties; here they become so when they are read.
  for (const name of ['structuredClone', 'atob', 'btoa']) void Reflect.get(globalThis, name);
  return (entryPoint) => {
    library.compile(entryPoint)(process, require, internalBinding, primordials);
  };
}

/** Methods that Node's console takes from V8, where they speak to a debugger and otherwise do nothing. */
const debuggerMethods = ['profile', 'profileEnd', 'timeStamp', 'context'] as const;

/** Gives Node's console what it has of V8's: those methods, and a name of its own for each method. */
function completeConsole(console: Console): void {
  for (const name of debuggerMethods) Reflect.set(console, name, { [name]() {} }[name]);
  Reflect.set(console, 'createTask', function createTask() {
    return { run: <Result>(task: () => Result): Result => task() };
  });
  for (const name of ['dirxml', 'groupCollapsed'] as const) {
    const method = console[name].bind(console);
    Reflect.defineProperty(method, 'name', { value: name, configurable: true });
    Reflect.set(console, name, method);
  }
}
