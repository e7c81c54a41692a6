/**
 * Every message between the page, the sandboxed frame and the Worker of a process.
 *
 * The page hands the frame the engine's code once, with a port for `FrameCommand`s. Each run has a port of its own from
 * the page to the Worker. What comes back is a stranger's: the page reads it through `readProcessMessage` and
 * `readFrameMessage` alone.
 */
import type { ProgramRequest, ProgramResponse } from '../engine.ts';

/** Files that a process finds in its file system before its program begins. */
export interface ProcessMount {
  /** Absolute path of the folder that the archive is unpacked into. */
  readonly path: string;
  /** A tar archive, not compressed. */
  readonly archive: Uint8Array;
}

/** What a process is told to run. */
export interface ProcessProgram {
  readonly files: Readonly<Record<string, string>>;
  /** Unpacked in this order, before `files`. */
  readonly mounts?: readonly ProcessMount[];
  /** A sentence on which npm packages there are, for a program that ends because it lacks one. */
  readonly packageAdvice?: string;
  /** The command line, beginning with `node`. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** All of standard input; absent: nothing. */
  readonly stdin?: string;
}

/** Page → host document → sandboxed document, once, with the port for commands. */
export interface LoadEngine {
  readonly type: 'loopbook:load';
}

/** Sandboxed document → host document → page: the sandbox can be given its code. */
export const sandboxReady = 'loopbook:sandbox-ready';

/** Page → sandboxed document. `start` comes with the port of the run. */
export type FrameCommand =
  /** Source of the Worker. */
  | { readonly type: 'runtime'; readonly source: string }
  /** Node's library, as far as every program gets it. */
  | { readonly type: 'library'; readonly text: string }
  | {
      readonly type: 'start';
      readonly process: number;
      readonly program: ProcessProgram;
      /** Parts of the library that the program is given; they were sent before. */
      readonly parts: readonly string[];
    }
  | { readonly type: 'seen'; readonly process: number; readonly bytes: number }
  | { readonly type: 'terminate'; readonly process: number }
  | { readonly type: 'ping' }
  | LibraryPartText;

/** A part of Node's library; without a text it could not be loaded. */
export interface LibraryPartText {
  readonly type: 'part';
  readonly name: string;
  readonly text?: string;
}

/** Sandboxed document → page: a process has reached a part that the frame does not have. */
export interface FrameRequest {
  readonly type: 'part-wanted';
  readonly name: string;
}

/** Sandboxed document → page: also the answer to a ping, and that the engine failed outside of its program. */
export type FrameMessage =
  | FrameRequest
  | { readonly type: 'alive' }
  | { readonly type: 'failed'; readonly process: number; readonly message: string };

/** Worker → sandboxed document: it waits for a part, whose text is written into `answer`. */
export interface WorkerMessage {
  readonly type: 'part-wanted';
  readonly name: string;
  readonly answer: SharedArrayBuffer;
}

/** An answer: first a 32-bit integer that tells its state, then the text, one byte a character. */
export const partAnswer = { waiting: 0, isThere: 1, failed: 2, textAt: 4 } as const;

/** Reads a message of the frame; undefined when it is none. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  const [name, process, message] = [member(data, 'name'), member(data, 'process'), member(data, 'message')];
  switch (member(data, 'type')) {
    case 'alive':
      return { type: 'alive' };
    case 'part-wanted':
      return isText(name) ? { type: 'part-wanted', name } : undefined;
    case 'failed':
      return isWhole(process) && isText(message) ? { type: 'failed', process, message } : undefined;
    default:
      return undefined;
  }
}

/** Sandboxed document → Worker: first its library, then parts of it, then, with the port of the run, the program. */
export type WorkerCommand =
  | {
      readonly type: 'prepare';
      readonly library: string;
      /** Counts bytes of output that the page has seen; absent without cross-origin isolation. */
      readonly seen?: Int32Array;
    }
  | LibraryPartText
  | { readonly type: 'run'; readonly program: ProcessProgram };

/** Page → process. */
export type ProcessCommand =
  | { readonly type: 'stdin'; readonly text: string }
  | { readonly type: 'stdin-end' }
  | { readonly type: 'signal'; readonly signal: number }
  | {
      readonly type: 'request';
      readonly id: number;
      readonly port: number;
      readonly request: ProgramRequest;
    };

/** Process → page. */
export type ProcessMessage =
  | { readonly type: 'output'; readonly fd: 1 | 2; readonly bytes: Uint8Array }
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'response'; readonly id: number; readonly response: ProgramResponse }
  | { readonly type: 'request-failed'; readonly id: number; readonly message: string }
  | { readonly type: 'crashed'; readonly message: string }
  | { readonly type: 'exit'; readonly code: number };

/** Bytes that a process sends at once: longer output comes in pieces. */
export const longestOutput = 1024 * 1024;
/** What each output costs beyond its bytes where a process counts what the page has not seen: a message is work, too. */
export const outputCost = 1024;
/** Bytes of the body that a server of the program may answer a request of the page with. */
export const longestBody = 64 * 1024 * 1024;
const longestText = 100_000;
const mostHeaders = 10_000;

/** Reads a message of a process; undefined when it is none. Only values of its own count, no getters and no prototypes. */
export function readProcessMessage(data: unknown): ProcessMessage | undefined {
  const id = member(data, 'id');
  const message = member(data, 'message');
  switch (member(data, 'type')) {
    case 'output': {
      const fd = member(data, 'fd');
      const bytes = member(data, 'bytes');
      if ((fd !== 1 && fd !== 2) || !isBytes(bytes, longestOutput)) return undefined;
      return { type: 'output', fd, bytes };
    }
    case 'listening': {
      const port = member(data, 'port');
      return isWhole(port, 65_535) ? { type: 'listening', port } : undefined;
    }
    case 'response': {
      const response = readResponse(member(data, 'response'));
      return isWhole(id) && response ? { type: 'response', id, response } : undefined;
    }
    case 'request-failed':
      return isWhole(id) && isText(message) ? { type: 'request-failed', id, message } : undefined;
    case 'crashed':
      return isText(message) ? { type: 'crashed', message } : undefined;
    case 'exit': {
      const code = member(data, 'code');
      return typeof code === 'number' && Number.isInteger(code)
        ? { type: 'exit', code: code & 0xff }
        : undefined;
    }
    default:
      return undefined;
  }
}

function readResponse(data: unknown): ProgramResponse | undefined {
  const [status, statusText, headers, body]: unknown[] = ['status', 'statusText', 'headers', 'body'].map(
    (name) => member(data, name),
  );
  if (!isWhole(status, 999) || !isText(statusText) || !isBytes(body, longestBody)) return undefined;
  if (!Array.isArray(headers) || headers.length > mostHeaders) return undefined;
  const pairs: (readonly [name: string, value: string])[] = [];
  for (let index = 0; index < headers.length; index++) {
    const pair = member(headers, String(index));
    const [name, value] = [member(pair, '0'), member(pair, '1')];
    if (!isText(name) || !isText(value)) return undefined;
    pairs.push([name, value]);
  }
  return { status, statusText, headers: pairs, body };
}

/** A value that an object has itself, as data. */
function member(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(data, name)?.value;
  return value;
}

/** Bytes that nobody else can change or shrink. */
function isBytes(value: unknown, most: number): value is Uint8Array<ArrayBuffer> {
  return (
    value instanceof Uint8Array &&
    value.length <= most &&
    value.buffer instanceof ArrayBuffer &&
    !value.buffer.resizable
  );
}

function isWhole(value: unknown, most = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}
