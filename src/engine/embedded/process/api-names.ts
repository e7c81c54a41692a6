/** What readers call the functions of Node's C++ that this engine does not have. */

/** Paths of stubs, the most specific first, and what stands for them; `$1` is the function's own name. */
const names: readonly (readonly [stub: RegExp, api: string])[] = [
  [/^process_wrap\..*/, 'A child process (child_process.spawn, exec, fork, or cluster.fork)'],
  [/^spawn_sync\..*/, 'A child process (child_process.spawnSync, execSync, execFileSync)'],
  [/^worker\..*/, 'A thread (worker_threads.Worker)'],
  [/^http2\..*/, 'HTTP/2 (node:http2)'],
  [/^sqlite\..*/, 'A database (node:sqlite)'],
  [/^wasi\..*/, 'WebAssembly with a system interface (node:wasi)'],
  [/^(?:inspector|profiler)\..*/, 'The inspector (node:inspector)'],
  [/^trace_events\..*/, 'Tracing (trace_events.createTracing)'],
  [/^process_methods\.dlopen$/, 'A native addon (process.dlopen)'],
  [/^process_methods\._?(\w+)$/, 'process.$1'],
  [/^heap_utils\.triggerHeapSnapshot$/, 'v8.writeHeapSnapshot'],
  [/^heap_utils\..*/, 'A heap snapshot (v8.getHeapSnapshot)'],
  [/^internal_only_v8\.(\w+)$/, 'v8.$1'],
  [/^locks\.(\w+)$/, 'navigator.locks.$1'],
  [/^(?:watchdog|symbols|contextify)\.(\w+)$/, 'vm: $1'],
];

/** The name by which a reader knows a stub; a path that has no other name stays as it is. */
export function apiNameOf(path: string): string {
  const found = names.find(([stub]) => stub.test(path));
  return found ? path.replace(...found) : path;
}
