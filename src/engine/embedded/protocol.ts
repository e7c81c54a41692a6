/**
 * Every message between the page, the sandboxed frame and the Worker of a process.
 *
 * The page hands the frame the engine's code once, with a port for `FrameCommand`s. Each run has a port of its own from
 * the page to the Worker. What comes back is a stranger's: the page reads it through `readProcessMessage` and
 * `readFrameMessage` alone. What processes say to each other stands in network-protocol.ts.
 */
import { isBytes, isText, isWhole, member } from './message-fields.ts';
import type { ResponseHead, TerminalSize } from '../engine.ts';

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
  /** All of standard input, which then ends, or what is typed first into a terminal; absent: nothing. */
  readonly stdin?: string;
  /** Standard streams are a terminal. */
  readonly terminal?: TerminalSize;
}

/** A request to a server of the process, as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
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

/**
 * Page → process. A request and a WebSocket have a number, `id`. Of what comes back, the process sends one piece for each
 * `pull`, so that the page is never behind.
 */
export type ProcessCommand =
  | { readonly type: 'stdin'; readonly text: string }
  | { readonly type: 'stdin-end' }
  | { readonly type: 'signal'; readonly signal: number }
  | { readonly type: 'resize'; readonly size: TerminalSize }
  | {
      readonly type: 'request';
      readonly id: number;
      readonly port: number;
      readonly request: WireRequest;
    }
  | {
      readonly type: 'connect';
      readonly id: number;
      readonly port: number;
      readonly path: string;
      readonly protocols: readonly string[];
    }
  | { readonly type: 'pull'; readonly id: number }
  | { readonly type: 'send'; readonly id: number; readonly message: string | Uint8Array }
  | { readonly type: 'close'; readonly id: number; readonly code: number; readonly reason: string }
  /** Breaks a request or a WebSocket off. */
  | { readonly type: 'cancel'; readonly id: number };

/** Process → page, about a request or a WebSocket. */
export type ExchangeMessage =
  | { readonly type: 'response'; readonly id: number; readonly head: ResponseHead }
  | { readonly type: 'body'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'body-end'; readonly id: number }
  | { readonly type: 'connected'; readonly id: number; readonly protocol: string }
  | { readonly type: 'message'; readonly id: number; readonly message: string | Uint8Array }
  | { readonly type: 'closed'; readonly id: number; readonly code: number; readonly reason: string }
  /** The end of a request or of a WebSocket that was not opened yet. */
  | { readonly type: 'request-failed'; readonly id: number; readonly message: string };

/** Process → page. */
export type ProcessMessage =
  | { readonly type: 'output'; readonly fd: 1 | 2; readonly bytes: Uint8Array }
  /** What the terminal shows of what was typed. */
  | { readonly type: 'echo'; readonly text: string }
  | { readonly type: 'input-wanted' }
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'server-closed'; readonly port: number }
  | ExchangeMessage
  | { readonly type: 'crashed'; readonly message: string }
  | { readonly type: 'exit'; readonly code: number };

/** Bytes that a process sends at once: longer output comes in pieces. */
export const longestOutput = 1024 * 1024;
/** What each output costs beyond its bytes where a process counts what the page has not seen: a message is work, too. */
export const outputCost = 1024;
/** Bytes or characters of a WebSocket's message. */
export const longestMessage = 16 * 1024 * 1024;
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
    case 'echo': {
      const text = member(data, 'text');
      return isText(text) ? { type: 'echo', text } : undefined;
    }
    case 'input-wanted':
      return { type: 'input-wanted' };
    case 'listening':
    case 'server-closed': {
      const port = member(data, 'port');
      const type = member(data, 'type') === 'listening' ? 'listening' : 'server-closed';
      return isWhole(port, 65_535) ? { type, port } : undefined;
    }
    case 'crashed':
      return isText(message) ? { type: 'crashed', message } : undefined;
    case 'exit': {
      const code = member(data, 'code');
      return typeof code === 'number' && Number.isInteger(code)
        ? { type: 'exit', code: code & 0xff }
        : undefined;
    }
    default:
      return isWhole(id) ? readExchangeMessage(data, id) : undefined;
  }
}

function readExchangeMessage(data: unknown, id: number): ExchangeMessage | undefined {
  const message = member(data, 'message');
  switch (member(data, 'type')) {
    case 'response': {
      const head = readHead(member(data, 'head'));
      return head && { type: 'response', id, head };
    }
    case 'body': {
      const bytes = member(data, 'bytes');
      return isBytes(bytes, longestOutput) ? { type: 'body', id, bytes } : undefined;
    }
    case 'body-end':
      return { type: 'body-end', id };
    case 'connected': {
      const protocol = member(data, 'protocol');
      return isText(protocol) ? { type: 'connected', id, protocol } : undefined;
    }
    case 'message':
      return isText(message, longestMessage) || isBytes(message, longestMessage)
        ? { type: 'message', id, message }
        : undefined;
    case 'closed': {
      const [code, reason] = [member(data, 'code'), member(data, 'reason')];
      return isWhole(code, 65_535) && isText(reason) ? { type: 'closed', id, code, reason } : undefined;
    }
    case 'request-failed':
      return isText(message) ? { type: 'request-failed', id, message } : undefined;
    default:
      return undefined;
  }
}

function readHead(data: unknown): ResponseHead | undefined {
  const [status, statusText, headers]: unknown[] = ['status', 'statusText', 'headers'].map((name) =>
    member(data, name),
  );
  if (!isWhole(status, 999) || !isText(statusText)) return undefined;
  if (!Array.isArray(headers) || headers.length > mostHeaders) return undefined;
  const pairs: (readonly [name: string, value: string])[] = [];
  for (let index = 0; index < headers.length; index++) {
    const pair = member(headers, String(index));
    const [name, value] = [member(pair, '0'), member(pair, '1')];
    if (!isText(name) || !isText(value)) return undefined;
    pairs.push([name, value]);
  }
  return { status, statusText, headers: pairs };
}
