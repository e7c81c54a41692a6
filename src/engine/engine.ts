/** The contract between the playground and whatever runs its programs. */

export type EngineName = 'webcontainer' | 'embedded';

/** A Node command with everything that it reads: what a reader means by "this program". */
export interface Program {
  /** Text of each file, by path relative to the working directory. */
  readonly files: Readonly<Record<string, string>>;
  /** npm packages that the program may import, by name. */
  readonly packages: readonly string[];
  /** The command line, beginning with `node`. */
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** All of standard input; absent means an empty one, closed from the start. */
  readonly stdin?: string;
}

/** A piece of output. An engine whose terminal does not tell the streams apart says `both`. */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr' | 'both';
  readonly text: string;
}

/** The signals that Stop sends, gentle first. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** An HTTP request to a server of the program. */
export interface ProgramRequest {
  readonly method: string;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a server of the program answered. */
export interface ProgramResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** One running program. */
export interface Run {
  /** Output in the order in which it was printed; closes when the program has ended. */
  readonly output: ReadableStream<OutputChunk>;
  /** What the reader types. */
  readonly stdin: WritableStream<string>;
  /** The exit code, as a shell reports it (128 + n after signal n). Rejects with an `EngineError`. */
  readonly exit: Promise<number>;
  /** Resolves when the program has ended, by force if it must. */
  kill(signal: StopSignal): Promise<void>;
  /** Sends a request to a port on which the program listens. */
  request(port: number, request: ProgramRequest): Promise<ProgramResponse>;
}

/** What the engine is doing before the program's first line, in words for the reader. */
export interface Progress {
  readonly message: string;
}

export interface StartOptions {
  /** Abandons the start; a program that already runs is killed. */
  readonly signal?: AbortSignal;
  /** A server of the program began to listen. */
  readonly onServer?: (port: number) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Something that runs programs. A program that fails is a result; an engine that fails throws `EngineError`. Where an npm
 * package cannot be loaded, which is no engine's fault, `start` rejects with a `PackageError`.
 */
export interface Engine {
  readonly name: EngineName;
  start(program: Program, options?: StartOptions): Promise<Run>;
}

/** Why an engine cannot be used. */
export type EngineErrorCode =
  | 'not-isolated'
  | 'unreachable'
  | 'timed-out'
  | 'blocked'
  | 'crashed'
  | 'limit'
  | 'not-supported'
  | 'aborted';

/** The engine, not the program, failed; `message` is a sentence for the reader, `cause` the evidence. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly engine: EngineName;
  readonly code: EngineErrorCode;

  constructor(engine: EngineName, code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.engine = engine;
    this.code = code;
  }
}
