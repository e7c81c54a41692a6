/** What the embedded engine does not do, in words for readers. */

/** One row of the table of limits. */
export interface Limit {
  /** The module or function. */
  readonly what: string;
  readonly why: string;
}

/** In the order in which a reader is likely to meet them. */
export const limits: readonly Limit[] = [
  {
    what: 'Hosts outside',
    why: 'A page cannot open sockets. Servers and clients of the program itself talk to each other; every other name is not found, as on a machine without a network.',
  },
  {
    what: 'child_process, cluster',
    why: 'A process is one Worker, and starting another one is not built yet. node --test runs its files in one process.',
  },
  { what: 'worker_threads', why: 'Threads are not built yet. Message channels inside one thread work.' },
  { what: 'tls, https, http2', why: 'The modules load; encryption on sockets is not built yet.' },
  {
    what: 'node:sqlite, node:inspector, node:wasi, native add-ons',
    why: 'They are C++ inside Node or outside of it, and have no counterpart here.',
  },
  {
    what: 'Parts of node:crypto and node:zlib',
    why: 'X.509 certificates as objects, DSA, post-quantum keys, CCM, OCB and DES are missing. Brotli and Zstandard take all of their input before the first output.',
  },
  {
    what: 'vm contexts',
    why: 'Globals, variables and errors are those of a context of its own, but Array, Object and the other built-in classes are those of the program: a Worker has one set of them. A context has no microtask queue of its own.',
  },
  {
    what: 'Promises before they are looked at',
    why: 'A browser does not tell at once whether a promise is settled. Console output that shows one waits for the answer; util.inspect, which cannot wait, may say <pending>. Async hooks do not see the promises of async functions.',
  },
  {
    what: 'V8, in Firefox and Safari',
    why: 'Their engines word the errors of the language in their own way. Stack traces lack functions that wait and the types of methods in Firefox, and all frames in Safari, which does not have the using declaration either.',
  },
  {
    what: 'Garbage collection, heap snapshots, CPU profiles, flags of V8',
    why: 'The browser keeps them to itself. Figures of memory are plausible, not measured.',
  },
];
