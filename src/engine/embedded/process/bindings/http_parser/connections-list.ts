/** Connections of an HTTP server by what their parsers are at. */
import type { Realm } from '../../realm.ts';

/** What a server asks of its connections' parsers. */
export interface ServerParser {
  /** Milliseconds at which the current message began; 0 between messages. */
  readonly messageStart: number;
  readonly hasHeaders: boolean;
}

/** `http_parser.ConnectionsList`: which parsers of a server wait for a message, and which are in one. */
export class ConnectionsList {
  readonly #realm: Realm;
  readonly #all = new Set<ServerParser>();
  readonly #active = new Set<ServerParser>();

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  /** Notes the state of a parser; undefined: it is gone. */
  static update(list: ConnectionsList, parser: ServerParser, isActive: boolean | undefined): void {
    list.#all.delete(parser);
    list.#active.delete(parser);
    if (isActive !== undefined) list.#all.add(parser);
    if (isActive === true) list.#active.add(parser);
  }

  all(): ServerParser[] {
    return [...this.#all].toSorted((one, other) => one.messageStart - other.messageStart);
  }

  idle(): ServerParser[] {
    return this.all().filter(({ messageStart }) => messageStart === 0);
  }

  active(): ServerParser[] {
    return [...this.#active];
  }

  /** Takes off the list, and returns, the parsers whose headers or requests take longer than these milliseconds. */
  expired(headersTimeout: number, requestTimeout: number): ServerParser[] {
    const isSwapped = requestTimeout > 0 && headersTimeout > requestTimeout;
    const [headers, request] = isSwapped
      ? [requestTimeout, headersTimeout]
      : [headersTimeout, requestTimeout];
    const age = ({ messageStart }: ServerParser): number => this.#realm.host.performance.now() - messageStart;
    const isExpired = (parser: ServerParser): boolean =>
      (!parser.hasHeaders && headers > 0 && age(parser) > headers) || (request > 0 && age(parser) > request);
    const expired = this.active().filter(isExpired);
    for (const parser of expired) this.#active.delete(parser);
    return expired;
  }
}
