/** Node's HTTP parser: llhttp, fed by the program or by a stream. */
import { ConnectionsList, type ServerParser } from './http_parser/connections-list.ts';
import { constants } from './http_parser/constants.ts';
import { MessageEvents, stopReason } from './http_parser/message-events.ts';
import { LlhttpParser, errorCode, type ParseResult } from '../llhttp.ts';
import { AsyncWrap } from '../wraps/async-wrap.ts';
import { StreamWrap, type StreamListener } from '../wraps/stream-wrap.ts';
import type { BindingFactory, Realm } from '../realm.ts';
import type { Thrown } from '../throw-guard.ts';

/** Bytes. */
const defaultMaxHeaderSize = 16_384;

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
    #messageStart = 0;
    #isExecuting = false;
    /** What the program threw while the parser ran. */
    #thrown: Thrown | undefined;
    readonly #events = new MessageEvents({
      parser: () => this.#parser,
      callback: (index) => Reflect.get(this, index),
      notify: (callback, ...args) => this.#notify(callback, ...args),
      setActive: (isActive) => this.#setActive(isActive),
      toBuffer: (bytes) => toBuffer(realm, bytes),
    });

    constructor() {
      // It begins to live when it is initialized.
      super(realm, 'HTTPINCOMINGMESSAGE', null);
    }

    get messageStart(): number {
      return this.#messageStart;
    }

    get hasHeaders(): boolean {
      return this.#events.hasHeaders;
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
      this.#parser = new LlhttpParser(type, lenientFlags, this.#events);
      const limit = realm.info.options['--max-http-header-size'];
      this.#events.reset(maxHeaderSize || (typeof limit === 'number' ? limit : defaultMaxHeaderSize));
      this.#connections = connections ?? undefined;
      this.#setActive(this.#connections !== undefined);
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
      this.#events.stopsAfterBody = true;
      let parsed: ParseResult;
      try {
        parsed = this.#run(parser, () => parser.execute(data.subarray(start)));
      } finally {
        this.#events.stopsAfterBody = false;
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

    #setActive(isActive: boolean): void {
      this.#messageStart = isActive ? realm.host.performance.now() : 0;
      if (this.#connections) ConnectionsList.update(this.#connections, this, isActive);
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
