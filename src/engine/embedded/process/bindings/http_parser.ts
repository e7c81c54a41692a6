/** Node's HTTP parser: llhttp, and what Node's C++ makes of its events. */
import { ConnectionsList, type ServerParser } from './http_parser/connections-list.ts';
import { LlhttpParser, errorCode, type ParseResult } from '../llhttp.ts';
import { AsyncWrap } from '../wraps/async-wrap.ts';
import { StreamWrap, type StreamListener } from '../wraps/stream-wrap.ts';
import type { BindingFactory, Realm } from '../realm.ts';
import type { Thrown } from '../throw-guard.ts';

/** Constants that stand on `HTTPParser` itself. */
const constants = {
  REQUEST: 1,
  RESPONSE: 2,
  // Properties of a parser under which the program's side keeps its callbacks.
  kOnMessageBegin: 0,
  kOnHeaders: 1,
  kOnHeadersComplete: 2,
  kOnBody: 3,
  kOnMessageComplete: 4,
  kOnExecute: 5,
  kOnTimeout: 6,
  kLenientNone: 0,
  kLenientHeaders: 1,
  kLenientChunkedLength: 2,
  kLenientKeepAlive: 4,
  kLenientTransferEncoding: 8,
  kLenientVersion: 16,
  kLenientDataAfterClose: 32,
  kLenientOptionalLFAfterCR: 64,
  kLenientOptionalCRLFAfterChunk: 128,
  kLenientOptionalCRBeforeLF: 256,
  kLenientSpacesAfterChunkSize: 512,
  kLenientHeaderValueRelaxed: 1024,
  kLenientAll: 1023,
} as const;

/** More headers than this go to JavaScript before the rest. */
const maxHeaderFields = 32;
const maxChunkExtensionsSize = 16_384;
const defaultMaxHeaderSize = 16_384;

/** Tells our own stops from a program's. */
const stopReason = 'Stopped after a piece of the body';

const { apply } = Reflect;
const { fromCharCode } = String;

/** One character a byte, which is how HTTP's text reaches JavaScript. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    // Not by spreading, which would iterate.
    text += apply(fromCharCode, undefined, bytes.subarray(start, start + 8192));
  }
  return text;
}

const toBuffer = (realm: Realm, bytes: Uint8Array): Uint8Array => {
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: BufferConstructor };
  return Buffer.from(bytes);
};

/** `internalBinding('http_parser')`. */
export const httpParser: BindingFactory = (realm, shape) => {
  class HTTPParser extends AsyncWrap implements StreamListener, ServerParser {
    #parser: LlhttpParser | undefined;
    #connections: ConnectionsList | undefined;
    #source: StreamWrap | undefined;
    #input: Uint8Array | undefined;
    #fields: string[] = [];
    #values: string[] = [];
    #url = '';
    #status = '';
    #hasFlushed = false;
    #hasHeaders = false;
    #messageStart = 0;
    #headerSize = 0;
    #maxHeaderSize = 0;
    #chunkExtensionsSize = 0;
    /** Whether to stop after each piece of a body, so that next ticks and microtasks can run before the next event. */
    #stopsAfterBody = false;
    #isExecuting = false;
    /** What the program threw while the parser ran. */
    #thrown: Thrown | undefined;

    constructor() {
      // It begins to live when it is initialized.
      super(realm, 'HTTPINCOMINGMESSAGE', null);
    }

    get messageStart(): number {
      return this.#messageStart;
    }

    get hasHeaders(): boolean {
      return this.#hasHeaders;
    }

    initialize(
      type: number,
      resource: object,
      maxHeaderSize = 0,
      lenientFlags = 0,
      connections?: ConnectionsList | null,
    ): void {
      this.asyncReset(resource, type === constants.REQUEST ? 'HTTPINCOMINGMESSAGE' : 'HTTPCLIENTREQUEST');
      if (!this.#isExecuting) this.#parser?.free();
      this.#parser = new LlhttpParser(type, lenientFlags, this.#events());
      const limit = realm.info.options['--max-http-header-size'];
      this.#maxHeaderSize = maxHeaderSize || (typeof limit === 'number' ? limit : defaultMaxHeaderSize);
      this.#headerSize = 0;
      this.#chunkExtensionsSize = 0;
      this.#fields = [];
      this.#values = [];
      this.#url = '';
      this.#status = '';
      this.#hasFlushed = false;
      this.#hasHeaders = false;
      this.#connections = connections ?? undefined;
      this.#begin(connections ? realm.host.performance.now() : 0, connections ? true : undefined);
    }

    close(): void {
      this.#parser?.free();
      this.#parser = undefined;
      this.emitDestroy();
    }

    free(): void {
      this.emitDestroy();
    }

    remove(): void {
      if (this.#connections) ConnectionsList.update(this.#connections, this, undefined);
    }

    /** Parses; returns how many bytes, or the error. */
    execute(data: Uint8Array): number | Error | undefined {
      const parser = this.#parser;
      if (!parser) return undefined;
      this.#input = data;
      try {
        return this.#result(
          parser,
          this.#run(parser, () => parser.execute(data)),
          0,
        );
      } finally {
        this.#input = undefined;
      }
    }

    /** Parses the end of the input; returns the error, if it is one. */
    finish(): Error | undefined {
      const parser = this.#parser;
      if (!parser) return undefined;
      const result = this.#result(
        parser,
        this.#run(parser, () => parser.finish()),
        0,
      );
      return typeof result === 'number' ? undefined : result;
    }

    pause(): void {
      this.#parser?.pause();
    }

    resume(): void {
      this.#parser?.resume();
    }

    /** Parses what a stream reads, without a detour through JavaScript. */
    consume(source: unknown): void {
      if (!(source instanceof StreamWrap)) return;
      this.#source = source;
      source.pushListener(this);
    }

    unconsume(): void {
      this.#source?.removeListener(this);
      this.#source = undefined;
    }

    /** What is being parsed. */
    getCurrentBuffer(): Uint8Array {
      return toBuffer(realm, this.#input ?? new Uint8Array());
    }

    onStreamRead(data: Uint8Array | number): void {
      if (typeof data === 'number') this.#source?.emitRead(data);
      else if (this.#parser && this.#source) this.#consume(this.#parser, this.#source, data, 0);
    }

    /**
     * Node lets next ticks and microtasks run after each piece of a body. A page can do that only between tasks: so the
     * parser stops there, and goes on in a task of its own.
     */
    #consume(parser: LlhttpParser, source: StreamWrap, data: Uint8Array, start: number): void {
      this.#input = data;
      this.#stopsAfterBody = true;
      let parsed: ParseResult;
      try {
        parsed = this.#run(parser, () => parser.execute(data.subarray(start)));
      } finally {
        this.#stopsAfterBody = false;
        this.#input = undefined;
      }
      const position = start + parsed.position;
      if (parsed.error === errorCode.paused && parser.errorReason === stopReason) {
        parser.resume();
        source.afterTicks(() => {
          if (this.#parser === parser) this.#consume(parser, source, data, position);
        });
        return;
      }
      const result = this.#result(parser, parsed, start);
      this.#input = data;
      this.makeCallback(Reflect.get(this, constants.kOnExecute), result);
      this.#input = undefined;
    }

    #run(parser: LlhttpParser, parse: () => ParseResult): ParseResult {
      this.#isExecuting = true;
      try {
        return parse();
      } catch (error) {
        const thrown = this.#thrown;
        this.#thrown = undefined;
        if (thrown && thrown.error === error) realm.guard?.rethrow(thrown);
        throw error;
      } finally {
        this.#isExecuting = false;
        if (this.#parser !== parser) parser.free();
      }
    }

    /** Calls the program from inside the parser, whose frames an exception must not unwind: it is thrown after them. */
    #notify(callback: unknown, ...args: unknown[]): unknown {
      const { guard } = realm;
      if (!guard) return this.makeCallback(callback, ...args);
      let result: unknown;
      const thrown = guard.call(() => {
        result = this.makeCallback(callback, ...args);
      });
      if (!thrown) return result;
      this.#thrown = thrown;
      throw thrown.error;
    }

    #result(parser: LlhttpParser, { error, position }: ParseResult, start: number): number | Error {
      const bytesParsed = start + position;
      // Not an error: the rest belongs to the protocol that was switched to.
      if (error === errorCode.pausedUpgrade) parser.resumeAfterUpgrade();
      else if (error !== errorCode.ok && !parser.isUpgrade) return this.#error(parser, error, bytesParsed);
      return bytesParsed;
    }

    #error(parser: LlhttpParser, error: number, bytesParsed: number): Error {
      let code = LlhttpParser.errorName(error);
      let reason = parser.errorReason;
      if (error === errorCode.user) {
        const colon = reason.indexOf(':');
        [code, reason] = [reason.slice(0, colon), reason.slice(colon + 1)];
      }
      return Object.assign(new Error('Parse Error'), { bytesParsed, code, reason });
    }

    #events(): LlhttpParser['events'] {
      return {
        onMessageBegin: () => this.#onMessageBegin(),
        onUrl: (bytes) => this.#track(bytes, () => (this.#url += decodeLatin1(bytes))),
        onStatus: (bytes) => this.#track(bytes, () => (this.#status += decodeLatin1(bytes))),
        onHeaderField: (bytes) => this.#track(bytes, () => this.#addField(decodeLatin1(bytes))),
        onHeaderValue: (bytes) => this.#track(bytes, () => this.#addValue(decodeLatin1(bytes))),
        onHeadersComplete: () => this.#onHeadersComplete(),
        onBody: (bytes) => this.#onBody(bytes),
        onChunk: () => {
          this.#headerSize = 0;
          this.#chunkExtensionsSize = 0;
          return 0;
        },
        onChunkExtension: (bytes) => {
          this.#chunkExtensionsSize += bytes.length;
          if (this.#chunkExtensionsSize <= maxChunkExtensionsSize) return 0;
          return this.#fail('HPE_CHUNK_EXTENSIONS_OVERFLOW:Chunk extensions overflow');
        },
        onMessageComplete: () => this.#onMessageComplete(),
      };
    }

    #fail(reason: string): number {
      if (this.#parser) this.#parser.errorReason = reason;
      return errorCode.user;
    }

    /** Counts bytes of headers against the limit. */
    #track(bytes: Uint8Array, take: () => void): number {
      this.#headerSize += bytes.length;
      if (this.#headerSize >= this.#maxHeaderSize) return this.#fail('HPE_HEADER_OVERFLOW:Header overflow');
      take();
      return 0;
    }

    #begin(messageStart: number, isActive: boolean | undefined): void {
      this.#messageStart = messageStart;
      if (this.#connections) ConnectionsList.update(this.#connections, this, isActive);
    }

    #onMessageBegin(): number {
      this.#fields = [];
      this.#values = [];
      this.#url = '';
      this.#status = '';
      this.#hasHeaders = false;
      this.#chunkExtensionsSize = 0;
      this.#begin(realm.host.performance.now(), true);
      this.#notify(Reflect.get(this, constants.kOnMessageBegin));
      return 0;
    }

    #addField(text: string): void {
      if (this.#fields.length > this.#values.length) {
        this.#fields[this.#fields.length - 1] += text;
        return;
      }
      if (this.#fields.length === maxHeaderFields - 1) this.#flush();
      this.#fields.push(text);
    }

    #addValue(text: string): void {
      if (this.#values.length === this.#fields.length) this.#values[this.#values.length - 1] += text;
      else this.#values.push(text);
    }

    /** The headers so far, name and value by turns. */
    #takeHeaders(): string[] {
      const values = this.#values;
      const headers = values.flatMap((value, index) => [
        this.#fields[index] ?? '',
        value.replace(/[ \t]+$/, ''),
      ]);
      this.#fields = [];
      this.#values = [];
      return headers;
    }

    #flush(): void {
      const url = this.#url;
      this.#notify(Reflect.get(this, constants.kOnHeaders), this.#takeHeaders(), url);
      this.#url = '';
      this.#hasFlushed = true;
    }

    #onHeadersComplete(): number {
      this.#hasHeaders = true;
      this.#headerSize = 0;
      const onHeadersComplete: unknown = Reflect.get(this, constants.kOnHeadersComplete);
      const parser = this.#parser;
      if (typeof onHeadersComplete !== 'function' || !parser) return 0;
      const isRequest = parser.type === constants.REQUEST;
      let headers: string[] | undefined;
      let url: string | undefined;
      if (this.#hasFlushed) this.#flush();
      else {
        headers = this.#takeHeaders();
        if (isRequest) url = this.#url;
      }
      const { major, minor } = parser.version;
      const skip = this.#notify(
        onHeadersComplete,
        major,
        minor,
        headers,
        isRequest ? parser.method : undefined,
        url,
        isRequest ? undefined : parser.statusCode,
        isRequest ? undefined : this.#status,
        parser.isUpgrade,
        parser.shouldKeepAlive,
      );
      return Number(skip) | 0;
    }

    #onBody(bytes: Uint8Array): number {
      const onBody: unknown = Reflect.get(this, constants.kOnBody);
      if (bytes.length === 0 || typeof onBody !== 'function') return 0;
      this.#notify(onBody, toBuffer(realm, bytes));
      if (!this.#stopsAfterBody) return 0;
      if (this.#parser) this.#parser.errorReason = stopReason;
      return errorCode.paused;
    }

    #onMessageComplete(): number {
      this.#begin(0, false);
      if (this.#fields.length > 0) this.#flush();
      this.#notify(Reflect.get(this, constants.kOnMessageComplete));
      return 0;
    }
  }
  return {
    ...shape,
    // Stack traces show the name of the property here, where the engine's code is minified.
    HTTPParser: class extends HTTPParser {
      static {
        Object.assign(this, constants);
      }
    },
    ConnectionsList: class extends ConnectionsList {
      static {
        Object.defineProperty(this, 'name', { value: 'ConnectionsList' });
      }

      constructor() {
        super(realm);
      }
    },
  };
};
