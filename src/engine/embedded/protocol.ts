/**
 * Every message between the page, the sandboxed frame and the Worker of a process.
 *
 * The page hands the frame the engine's code once, with a port for `FrameCommand`s. Each run has a port of its own from
 * the page to the Worker. What comes back is a stranger's: the page reads it through `readProcessMessage` alone.
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
  /** The command line, beginning with `node`. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** All of standard input; absent: nothing. */
  readonly stdin?: string;
}

/** Page → host document → sandboxed document, once, with the port for commands. */
export interface LoadEngine {
  readonly type: 'loopbook:load';
  /** Source of the Worker. */
  readonly runtime: string;
  /** Text of Node's library. */
  readonly library: string;
}

/** Sandboxed document → host document → page: the sandbox can be given its code. */
export const sandboxReady = 'loopbook:sandbox-ready';

/** Page → sandboxed document. `start` comes with the port of the run. */
export type FrameCommand =
  | { readonly type: 'start'; readonly process: number; readonly program: ProcessProgram }
  | { readonly type: 'seen'; readonly process: number; readonly bytes: number }
  | { readonly type: 'terminate'; readonly process: number };

/** Sandboxed document → Worker: first its library, then, with the port of the run, the program. */
export type WorkerCommand =
  | {
      readonly type: 'prepare';
      readonly library: string;
      /** Counts bytes of output that the page has seen; absent without cross-origin isolation. */
      readonly seen?: Int32Array;
    }
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

/** More than a process sends at once; a longer message is not one of ours. */
const longestOutput = 64 * 1024 * 1024;
const longestText = 100_000;

/** Reads a message of a process; undefined when it is none. Getters and prototypes of the sender do not cross a port. */
export function readProcessMessage(data: unknown): ProcessMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const member = (name: string): unknown => (Object.hasOwn(data, name) ? Reflect.get(data, name) : undefined);
  const id = member('id');
  const message = member('message');
  switch (member('type')) {
    case 'output': {
      const fd = member('fd');
      const bytes = member('bytes');
      if ((fd !== 1 && fd !== 2) || !(bytes instanceof Uint8Array) || bytes.length > longestOutput)
        return undefined;
      return { type: 'output', fd, bytes };
    }
    case 'listening': {
      const port = member('port');
      return isWhole(port, 65_535) ? { type: 'listening', port } : undefined;
    }
    case 'response': {
      const response = readResponse(member('response'));
      return isWhole(id) && response ? { type: 'response', id, response } : undefined;
    }
    case 'request-failed':
      return isWhole(id) && isText(message) ? { type: 'request-failed', id, message } : undefined;
    case 'crashed':
      return isText(message) ? { type: 'crashed', message } : undefined;
    case 'exit': {
      const code = member('code');
      return typeof code === 'number' && Number.isInteger(code)
        ? { type: 'exit', code: code & 0xff }
        : undefined;
    }
    default:
      return undefined;
  }
}

function readResponse(data: unknown): ProgramResponse | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const [status, statusText, headers, body]: unknown[] = ['status', 'statusText', 'headers', 'body'].map(
    (name) => (Object.hasOwn(data, name) ? Reflect.get(data, name) : undefined),
  );
  if (
    !isWhole(status, 999) ||
    !isText(statusText) ||
    !(body instanceof Uint8Array) ||
    !Array.isArray(headers)
  )
    return undefined;
  const pairs = headers.flatMap((pair: unknown) =>
    Array.isArray(pair) && isText(pair[0]) && isText(pair[1]) ? [[pair[0], pair[1]] as const] : [],
  );
  return pairs.length === headers.length ? { status, statusText, headers: pairs, body } : undefined;
}

function isWhole(value: unknown, most = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}
