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
  /**
   * All of standard input; absent means an empty one, closed from the start, or where the embedded engine is given an
   * `onInputWanted`, one that is open for what the reader sends: a synchronous read finds it at its end. With a terminal: what is typed into it before
   * the reader types, without an end.
   */
  readonly stdin?: string;
  /** Standard input, output and error are a terminal of this size; absent: they are pipes or files. */
  readonly terminal?: TerminalSize;
}

/** Size of a terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A piece of output. `both` is what belongs to neither stream: what an engine cannot tell apart, and what a terminal itself
 * shows of what is typed. Lines end with LF alone, also on a terminal: a terminal emulator has to add the CR
 * (`convertEol` of xterm.js).
 */
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
  readonly body?: string | Uint8Array;
}

/** How a server of the program answers, before the body. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What a server of the program answers. */
export interface ProgramResponse extends ResponseHead {
  /** Arrives as the server sends it. Cancelling it breaks the connection; it fails where the server breaks off. */
  readonly body: ReadableStream<Uint8Array>;
}

/** How a WebSocket ended. 1006: without a word. */
export interface WebSocketEnd {
  readonly code: number;
  readonly reason: string;
}

/** An open WebSocket to a server of the program. */
export interface ProgramWebSocket {
  /** The protocol that the server chose; empty where it chose none. */
  readonly protocol: string;
  /** Texts and binary messages of the server; closes with the connection. Cancelling it closes the connection. */
  readonly messages: ReadableStream<string | Uint8Array>;
  /** Resolves when the connection has ended, also with the program; never rejects. */
  readonly closed: Promise<WebSocketEnd>;
  /** Sends a message; on a closed connection it is nothing. */
  send(message: string | Uint8Array): void;
  /** Begins the closing handshake: 1000, or 3000 to 4999 with at most 123 bytes of reason. Throws a `RangeError` otherwise. */
  close(code?: number, reason?: string): void;
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
  /** Tells the program that its terminal has another size; without a terminal it is nothing. */
  resize(size: TerminalSize): void;
  /**
   * Sends a request to a port on which the program listens; resolves when the head of the answer is there. Rejects with a
   * sentence where nobody answers, and with the reason of `signal`, which also breaks the body off.
   */
  request(port: number, request: ProgramRequest, signal?: AbortSignal): Promise<ProgramResponse>;
  /** Opens a WebSocket to a port on which the program listens; rejects with a sentence where that fails. */
  connect(port: number, path: string, protocols?: readonly string[]): Promise<ProgramWebSocket>;
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
  /** A server of the program stopped while the program goes on. With the program, all of them end. */
  readonly onServerClosed?: (port: number) => void;
  /**
   * The program reads standard input, and nothing is there: each time that it begins to wait. Only the embedded engine knows;
   * in a WebContainer it is never called.
   */
  readonly onInputWanted?: () => void;
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
