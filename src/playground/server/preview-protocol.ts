/**
 * Every message between the page and the sandboxed document of a preview, and their limits.
 *
 * The document says `previewReady` to the window; the page answers once with a port. All else goes over that port. The page
 * in the document is a stranger's and may send anything: the site reads it through `readPreviewMessage` alone.
 */
import type { ResponseHead } from '../../engine/engine.ts';
import { fields, list, optional, text, tryRead, whole } from '../store/reading.ts';
import { Mismatch } from '../store/reading.ts';
import type { Reader } from '../store/reading.ts';

/** Document → window: it can be given its port. */
export const previewReady = 'loopbook:preview-ready';

/** A list of headers. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What a page asks a server for. */
export interface PreviewRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: Uint8Array;
}

/** Document → page. Requests and WebSockets have a number, `id`, that the document chooses. */
export type PreviewMessage =
  | {
      readonly type: 'request';
      readonly id: number;
      readonly request: PreviewRequest;
      readonly redirect: Redirect;
    }
  /** The next piece of an answer's body is wanted. */
  | { readonly type: 'pull'; readonly id: number }
  /** Breaks a request or a WebSocket off. */
  | { readonly type: 'cancel'; readonly id: number }
  | {
      readonly type: 'connect';
      readonly id: number;
      readonly url: string;
      readonly protocols: readonly string[];
    }
  | { readonly type: 'send'; readonly id: number; readonly message: string | Uint8Array }
  | { readonly type: 'close'; readonly id: number; readonly code: number; readonly reason: string }
  /** A link, a form or a script leads to another page. */
  | { readonly type: 'navigate'; readonly request: PreviewRequest }
  /** A script gave the page another address. */
  | { readonly type: 'address'; readonly url: string }
  | { readonly type: 'cookie'; readonly text: string };

/** What is done with an answer that leads elsewhere. */
export type Redirect = 'follow' | 'error' | 'manual';

/** Page → document. */
export type PreviewCommand =
  /** The page itself, first of all. */
  | { readonly type: 'show'; readonly url: string; readonly html: string; readonly cookie: string }
  | {
      readonly type: 'response';
      readonly id: number;
      readonly head: ResponseHead;
      readonly url: string;
      readonly isRedirected: boolean;
    }
  | { readonly type: 'body'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'body-end'; readonly id: number }
  /** The end of a request, of its body, or of a WebSocket that was not opened yet. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | { readonly type: 'connected'; readonly id: number; readonly protocol: string }
  | { readonly type: 'message'; readonly id: number; readonly message: string | Uint8Array }
  | { readonly type: 'closed'; readonly id: number; readonly code: number; readonly reason: string }
  | { readonly type: 'cookie'; readonly text: string };

/** What a page may send and have open. */
export const limits = {
  /** Characters of a URL, of a header, of a cookie. */
  text: 20_000,
  headers: 100,
  /** Bytes of a body or of a message. */
  body: 16_000_000,
  /** Requests and WebSockets at a time. */
  open: 64,
} as const;

// Functions, not what `text` makes: the document's own script does not carry them.
const short: Reader<string> = (value) => text(limits.text)(value);
const token: Reader<string> = (value) => text(200, /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/)(value);
const headerValue: Reader<string> = (value) => text(limits.text, /^[\t\x20-\x7e\x80-\xff]*$/)(value);

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array) || value.byteLength > limits.body) throw new Mismatch();
  return value;
}

function message(value: unknown): string | Uint8Array {
  return typeof value === 'string' ? text(limits.body)(value) : bytes(value);
}

function header(value: unknown): readonly [string, string] {
  if (!Array.isArray(value) || value.length !== 2) throw new Mismatch();
  return [token(value[0]), headerValue(value[1])];
}

function request(value: unknown): PreviewRequest {
  const from = fields(value);
  return {
    method: token(from.get('method')),
    url: short(from.get('url')),
    headers: list(header, limits.headers)(from.get('headers')),
    ...optional(from, 'body', bytes),
  };
}

function redirect(value: unknown): Redirect {
  if (value !== 'follow' && value !== 'error' && value !== 'manual') throw new Mismatch();
  return value;
}

const read: Reader<PreviewMessage> = (value) => {
  const from = fields(value);
  const type = from.get('type');
  const id = () => whole(from.get('id'));
  switch (type) {
    case 'request':
      return {
        type,
        id: id(),
        request: request(from.get('request')),
        redirect: redirect(from.get('redirect')),
      };
    case 'pull':
    case 'cancel':
      return { type, id: id() };
    case 'connect':
      return {
        type,
        id: id(),
        url: short(from.get('url')),
        protocols: list(token, 20)(from.get('protocols')),
      };
    case 'send':
      return { type, id: id(), message: message(from.get('message')) };
    case 'close':
      return { type, id: id(), code: whole(from.get('code')), reason: text(123)(from.get('reason')) };
    case 'navigate':
      return { type, request: request(from.get('request')) };
    case 'address':
      return { type, url: short(from.get('url')) };
    case 'cookie':
      return { type, text: short(from.get('text')) };
    default:
      throw new Mismatch();
  }
};

/** Reads a message of a preview; undefined when it is none. */
export function readPreviewMessage(data: unknown): PreviewMessage | undefined {
  return tryRead(read, data);
}
