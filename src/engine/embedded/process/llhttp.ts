/** llhttp, the HTTP parser that Node itself uses, in the WebAssembly build that undici ships. */
import bytes from 'undici/lib/llhttp/llhttp-wasm.js';

/** llhttp's `llhttp_errno` values that the binding itself deals with. */
export const errorCode = { ok: 0, paused: 21, pausedUpgrade: 22, user: 24 };

/**
 * What the parser finds. Each returns 0, or an error number that stops the parser. Bytes are those of the parser's own memory,
 * which it uses again: who keeps them copies them.
 */
export interface LlhttpEvents {
  onMessageBegin(): number;
  onUrl(bytes: Uint8Array): number;
  onStatus(bytes: Uint8Array): number;
  onHeaderField(bytes: Uint8Array): number;
  onHeaderValue(bytes: Uint8Array): number;
  /** Returns 1 for a message without a body, 2 for an upgrade. */
  onHeadersComplete(): number;
  onBody(bytes: Uint8Array): number;
  /** A chunk of a chunked body begins or ends. */
  onChunk(): number;
  onChunkExtension(bytes: Uint8Array): number;
  onMessageComplete(): number;
}

/** The exports of the module that are used here. Pointers and errors are numbers. */
interface LlhttpExports {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(pointer: number): void;
  llhttp_alloc(type: number): number;
  llhttp_init(parser: number, type: number, settings: number): void;
  llhttp_free(parser: number): void;
  llhttp_execute(parser: number, data: number, length: number): number;
  llhttp_finish(parser: number): number;
  llhttp_pause(parser: number): void;
  llhttp_resume(parser: number): void;
  llhttp_resume_after_upgrade(parser: number): void;
  llhttp_get_type(parser: number): number;
  llhttp_get_http_major(parser: number): number;
  llhttp_get_http_minor(parser: number): number;
  llhttp_get_method(parser: number): number;
  llhttp_get_status_code(parser: number): number;
  llhttp_get_upgrade(parser: number): number;
  llhttp_should_keep_alive(parser: number): number;
  llhttp_get_error_pos(parser: number): number;
  llhttp_get_error_reason(parser: number): number;
  llhttp_set_error_reason(parser: number, reason: number): void;
  llhttp_errno_name(error: number): number;
}

/** Offsets in bytes into `llhttp_t` of the 32-bit build, of which the module has no setters. */
const offset = { lenientFlags: 46, settings: 56 };

/** llhttp's `LENIENT_HEADERS` and `LENIENT_HEADER_VALUE_RELAXED`. */
const headersFlag = 1;
const headerValueFlag = 1024;

/** Positions in `llhttp_settings_t`, an array of function pointers. */
const setting = {
  onMessageBegin: 0,
  onUrl: 2,
  onChunkExtensionName: 8,
  onChunkExtensionValue: 9,
  onChunkHeader: 22,
  onChunkComplete: 23,
};

// Captured before a program can change it.
const { Instance, Module } = WebAssembly;

const parsers = new Map<number, LlhttpParser>();
let instance: LlhttpExports | undefined;

/** The module, compiled when the first parser is made. */
function llhttp(): LlhttpExports {
  if (instance) return instance;
  let heap = new Uint8Array();
  const at = (pointer: number, length: number): Uint8Array => {
    // Where the memory grows, the view that was on it becomes empty.
    if (heap.length === 0) heap = new Uint8Array(llhttp().memory.buffer);
    return heap.subarray(pointer, pointer + length);
  };
  const call = (pointer: number, event: (parser: LlhttpParser) => number): number => {
    const parser = parsers.get(pointer);
    return parser ? parser.handle(() => event(parser)) : 0;
  };
  const env = {
    wasm_on_message_begin: (p: number) => call(p, (parser) => parser.messageBeginOrChunk()),
    wasm_on_url: (p: number, start: number, length: number) =>
      call(p, (parser) => parser.urlOrChunkExtension(at(start, length))),
    wasm_on_status: (p: number, start: number, length: number) =>
      call(p, ({ events }) => events.onStatus(at(start, length))),
    wasm_on_header_field: (p: number, start: number, length: number) =>
      call(p, ({ events }) => events.onHeaderField(at(start, length))),
    wasm_on_header_value: (p: number, start: number, length: number) =>
      call(p, ({ events }) => events.onHeaderValue(at(start, length))),
    wasm_on_headers_complete: (p: number) => call(p, (parser) => parser.headersComplete()),
    wasm_on_body: (p: number, start: number, length: number) =>
      call(p, ({ events }) => events.onBody(at(start, length))),
    wasm_on_message_complete: (p: number) => call(p, (parser) => parser.messageComplete()),
  };
  const { exports } = new Instance(new Module(bytes), { env });
  // The exports of undici's build, listed above.
  instance = exports as unknown as LlhttpExports;
  enableChunkEvents(instance);
  return instance;
}

/**
 * undici's build leaves the events of chunks out of its settings, which all parsers share. A callback has to be a function of
 * the module, so two of those that are there do double duty; the parser's state tells what they mean.
 */
function enableChunkEvents({ memory, llhttp_alloc, llhttp_free }: LlhttpExports): void {
  const parser = llhttp_alloc(0);
  const view = new DataView(memory.buffer);
  const settings = view.getUint32(parser + offset.settings, true);
  const get = (position: number): number => view.getUint32(settings + position * 4, true);
  const set = (position: number, pointer: number): void =>
    view.setUint32(settings + position * 4, pointer, true);
  set(setting.onChunkHeader, get(setting.onMessageBegin));
  set(setting.onChunkComplete, get(setting.onMessageBegin));
  set(setting.onChunkExtensionName, get(setting.onUrl));
  set(setting.onChunkExtensionValue, get(setting.onUrl));
  llhttp_free(parser);
}

function readString(pointer: number): string {
  const memory = new Uint8Array(llhttp().memory.buffer);
  const end = memory.indexOf(0, pointer);
  return pointer === 0 ? '' : String.fromCharCode(...memory.subarray(pointer, end));
}

function storeBytes(data: Uint8Array): number {
  const { memory, malloc } = llhttp();
  const pointer = malloc(data.length || 1);
  new Uint8Array(memory.buffer, pointer, data.length).set(data);
  return pointer;
}

const reasons = new Map<string, number>();

/** How far a call got. `position` is where in its input the parser stopped. */
export interface ParseResult {
  readonly error: number;
  readonly position: number;
}

/** One parser. An exception in an event stops it, and is thrown by the call that was parsing. */
export class LlhttpParser {
  readonly events: LlhttpEvents;
  readonly #pointer: number;
  #isInBody = false;
  #exception: { readonly error: unknown } | undefined;

  /** `type` is 1 for requests, 2 for responses; `lenientFlags` are llhttp's. */
  constructor(type: number, lenientFlags: number, events: LlhttpEvents) {
    this.events = events;
    this.#pointer = llhttp().llhttp_alloc(type);
    // undici's build is older than the flag for header values only, so that one becomes the flag for headers.
    const flags = (lenientFlags & headerValueFlag) === 0 ? lenientFlags : lenientFlags | headersFlag;
    new DataView(llhttp().memory.buffer).setUint16(this.#pointer + offset.lenientFlags, flags, true);
    parsers.set(this.#pointer, this);
  }

  /** Gives the memory back; the parser must not be used afterwards. */
  free(): void {
    parsers.delete(this.#pointer);
    llhttp().llhttp_free(this.#pointer);
  }

  execute(data: Uint8Array): ParseResult {
    const input = storeBytes(data);
    try {
      const error = llhttp().llhttp_execute(this.#pointer, input, data.length);
      this.#rethrow();
      const position = error === errorCode.ok ? data.length : this.#errorPosition - input;
      return { error, position };
    } finally {
      llhttp().free(input);
    }
  }

  /** Tells the parser that the input is at its end. */
  finish(): ParseResult {
    const error = llhttp().llhttp_finish(this.#pointer);
    this.#rethrow();
    return { error, position: error === errorCode.ok ? 0 : this.#errorPosition };
  }

  pause(): void {
    llhttp().llhttp_pause(this.#pointer);
  }

  resume(): void {
    llhttp().llhttp_resume(this.#pointer);
  }

  resumeAfterUpgrade(): void {
    llhttp().llhttp_resume_after_upgrade(this.#pointer);
  }

  get type(): number {
    return llhttp().llhttp_get_type(this.#pointer);
  }

  get version(): { readonly major: number; readonly minor: number } {
    const { llhttp_get_http_major: major, llhttp_get_http_minor: minor } = llhttp();
    return { major: major(this.#pointer), minor: minor(this.#pointer) };
  }

  /** A number of llhttp's `HTTP_ALL_METHOD_MAP`. */
  get method(): number {
    return llhttp().llhttp_get_method(this.#pointer);
  }

  get statusCode(): number {
    return llhttp().llhttp_get_status_code(this.#pointer);
  }

  get isUpgrade(): boolean {
    return llhttp().llhttp_get_upgrade(this.#pointer) === 1;
  }

  get shouldKeepAlive(): boolean {
    return llhttp().llhttp_should_keep_alive(this.#pointer) === 1;
  }

  get errorReason(): string {
    return readString(llhttp().llhttp_get_error_reason(this.#pointer));
  }

  /** The reason of an `HPE_USER` error. */
  set errorReason(reason: string) {
    let pointer = reasons.get(reason);
    if (pointer === undefined) {
      pointer = storeBytes(Uint8Array.from(`${reason}\0`, (character) => character.charCodeAt(0)));
      reasons.set(reason, pointer);
    }
    llhttp().llhttp_set_error_reason(this.#pointer, pointer);
  }

  /** The name of an error, such as `HPE_INVALID_METHOD`. */
  static errorName(error: number): string {
    return readString(llhttp().llhttp_errno_name(error));
  }

  // The module calls back into the rest.

  /** Runs an event; an exception must not unwind the module's frames, so it is kept for later. */
  handle(event: () => number): number {
    if (this.#exception) return errorCode.user;
    try {
      return event();
    } catch (error) {
      this.#exception = { error };
      this.errorReason = 'HPE_JS_EXCEPTION:JS Exception';
      return errorCode.user;
    }
  }

  messageBeginOrChunk(): number {
    return this.#isInBody ? this.events.onChunk() : this.events.onMessageBegin();
  }

  urlOrChunkExtension(data: Uint8Array): number {
    return this.#isInBody ? this.events.onChunkExtension(data) : this.events.onUrl(data);
  }

  headersComplete(): number {
    this.#isInBody = true;
    return this.events.onHeadersComplete();
  }

  messageComplete(): number {
    this.#isInBody = false;
    return this.events.onMessageComplete();
  }

  get #errorPosition(): number {
    return llhttp().llhttp_get_error_pos(this.#pointer);
  }

  #rethrow(): void {
    const exception = this.#exception;
    this.#exception = undefined;
    if (exception) throw exception.error;
  }
}
