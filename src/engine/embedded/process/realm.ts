/**
 * What a binding may use of the process that it belongs to.
 *
 * A process is one Worker. Node's own library calls `internalBinding(name)` for what C++ does in Node; each file in
 * `bindings/` answers for one name. `shape` is that binding as the pinned Node has it: constants are real, functions and
 * classes are stubs that throw an error naming the API when they are reached. A factory replaces what it implements.
 */
import type { EventLoop } from './event-loop.ts';
import type { ThrowGuard } from './throw-guard.ts';

/** An `internalBinding` object. Its members are checked by Node's library and by the tests, not by types. */
export type Binding = Record<PropertyKey, unknown>;

export type BindingFactory = (realm: Realm, shape: Binding) => Binding;

/** A libuv error: negative number, name as in `ENOENT`, message as in `no such file or directory`. */
export interface UvError {
  readonly errno: number;
  readonly name: string;
  readonly message: string;
}

/** libuv's error table, and errors worded as Node's `UVException` words them. */
export interface UvErrors {
  readonly byName: ReadonlyMap<string, UvError>;
  readonly byNumber: ReadonlyMap<number, UvError>;
  /** The negative error number of a name such as `ECONNREFUSED`. */
  errno(name: string): number;
  /** `ENOENT: no such file or directory, open '/x'` with errno, code, syscall, path and dest. */
  exception(name: string, syscall: string, path?: string, dest?: string): Error;
}

/** Browser functions captured before Node's globals replace them, so that a program cannot change them for us. */
export interface HostGlobals {
  readonly performance: Performance;
  readonly TextEncoder: typeof TextEncoder;
  readonly TextDecoder: typeof TextDecoder;
  readonly URL: typeof URL;
  readonly MessageChannel: typeof MessageChannel;
  readonly Blob: typeof Blob;
  readonly crypto: Crypto;
  readonly WebAssembly: typeof WebAssembly;
  readonly Proxy: typeof Proxy;
  readonly DOMException: typeof DOMException;
  readonly structuredClone: typeof structuredClone;
  readonly atob: typeof atob;
  readonly btoa: typeof btoa;
  readonly queueMicrotask: typeof queueMicrotask;
  /** Runs a script of a URL in the global scope; in Workers only. */
  readonly importScripts?: (url: string) => void;
  readonly setTimeout: (callback: () => void, milliseconds: number) => number;
  readonly clearTimeout: (id: number) => void;
  readonly addEventListener: (
    type: 'unhandledrejection' | 'rejectionhandled',
    listener: (event: PromiseRejectionEvent) => void,
  ) => void;
}

/** Facts about the process and its standard streams. */
export interface ProcessInfo {
  readonly pid: number;
  readonly execPath: string;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  /** Values of all command-line options, by name. */
  options: Readonly<Record<string, unknown>>;
  readonly env: Record<string, string>;
  /** Absolute path; `process.chdir` changes it. */
  cwd: string;
  umask: number;
  readonly startedAt: number;
  /** A sentence on which npm packages there are, for a program that ends because it lacks one. */
  packageAdvice?: string | undefined;
}

/** Standard streams as file descriptors 0, 1 and 2 see them. */
export interface StandardStreams {
  /** Sends bytes to the terminal of the page. */
  write(fd: 1 | 2, bytes: Uint8Array): void;
  /** Bytes of standard input that have arrived and were not read: at most `length`, empty at present, or null at the end. */
  read(length: number): Uint8Array | null;
  /** Calls back once when `read` has something new to say. */
  whenReadable(callback: () => void): void;
  /** The terminal that they are; absent: there is none. */
  readonly terminal?: Terminal | undefined;
}

/** How a terminal treats what is typed: `normal` edits lines and makes signals; `raw` and `io` hand every key on. */
export type TerminalMode = 'normal' | 'raw' | 'io';

/** The terminal of a process. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  mode: TerminalMode;
}

/** One process. */
export interface Realm {
  readonly host: HostGlobals;
  readonly loop: EventLoop;
  readonly uv: UvErrors;
  readonly info: ProcessInfo;
  readonly streams: StandardStreams;
  /** Keeps the place of a throw over the engine's own code; absent in tests. */
  readonly guard?: ThrowGuard;
  /** Node's `process` object. */
  readonly process: Record<PropertyKey, unknown>;
  internalBinding(name: string): Binding;
  /** A module of Node's own library, such as `internal/util/inspect`. Only once the library is up: never inside a factory. */
  requireBuiltin(id: string): Record<string, unknown>;
  /** The exports of one of the engine's own modules that are loaded when they are needed; `brotli` is one. */
  ownModule(name: string): Record<string, unknown>;
  /** Throws the error of a function that this engine does not have; `api` is what the reader would call it. */
  notSupported(api: string): never;
  /** Ends the process now; never returns to the program. */
  exit(code: number): never;
}
