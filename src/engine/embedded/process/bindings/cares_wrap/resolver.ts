/** Asks DNS servers on the program's own network, one after the other, as c-ares does. */
import { encodeQuery, parseReply, type Reply } from './message.ts';
import { DatagramSocket } from '../../datagram-socket.ts';
import { loopbackOf } from '../../loopback.ts';
import type { Realm } from '../../realm.ts';

/** Milliseconds that c-ares waits for a server the first time. */
const defaultTimeout = 2000;

/** Why there is no reply, by c-ares' names. */
export type ResolverFailure = 'EBADNAME' | 'ECANCELLED' | 'ECONNREFUSED' | 'ETIMEOUT';

export interface ResolverOptions {
  /** Milliseconds; negative: c-ares' own. */
  readonly timeout: number;
  readonly tries: number;
  /** The most that a timeout grows to, in milliseconds; 0: no limit. */
  readonly maxTimeout: number;
}

/** Where a server is. */
export interface NameServer {
  readonly address: string;
  readonly port: number;
}

interface Query {
  readonly bytes: Uint8Array;
  readonly done: (outcome: Reply | ResolverFailure) => void;
  /** How often a server was asked. */
  asked: number;
  /** What came of asking the last server. */
  failure: ResolverFailure;
  server: NameServer | undefined;
  timer: number | undefined;
}

export class DnsResolver {
  servers: readonly NameServer[] = [{ address: '127.0.0.1', port: 53 }];
  readonly #realm: Realm;
  readonly #options: ResolverOptions;
  readonly #queries = new Map<number, Query>();
  /** How often in a row a server gave no answer. */
  readonly #failures = new Map<NameServer, number>();
  #socket: DatagramSocket | undefined;

  constructor(realm: Realm, options: ResolverOptions) {
    this.#realm = realm;
    this.#options = options;
  }

  /** Asks for the records of a type. `done` is called once, by the loop. */
  ask(name: string, type: number, done: Query['done']): void {
    const id = this.#freeId();
    const bytes = encodeQuery(id, name, type);
    if (!bytes) return this.#soon(() => done('EBADNAME'));
    const query: Query = {
      bytes,
      done,
      asked: 0,
      failure: 'ECONNREFUSED',
      server: undefined,
      timer: undefined,
    };
    this.#queries.set(id, query);
    this.#askNext(id, query);
  }

  /** Ends all that is under way. */
  cancel(): void {
    for (const [id, query] of this.#queries) this.#finish(id, query, 'ECANCELLED');
  }

  #freeId(): number {
    const [id = 0] = this.#realm.host.crypto.getRandomValues(new Uint16Array(1));
    return this.#queries.has(id) ? this.#freeId() : id;
  }

  #askNext(id: number, query: Query): void {
    const { timeout, tries, maxTimeout } = this.#options;
    const server = this.#healthiest();
    if (!server || query.asked >= tries * this.servers.length) return this.#finish(id, query, query.failure);
    const round = Math.floor(query.asked / this.servers.length);
    query.asked++;
    const fail = (failure: ResolverFailure): void => {
      if (this.#queries.get(id) !== query) return;
      query.failure = failure;
      this.#failures.set(server, (this.#failures.get(server) ?? 0) + 1);
      this.#askNext(id, query);
    };
    query.server = server;
    const socket = this.#open();
    if (!socket || !this.#send(socket, server, query.bytes)) return this.#soon(() => fail('ECONNREFUSED'));
    const patience = (timeout < 0 ? defaultTimeout : timeout) * 2 ** round;
    const limit = maxTimeout > 0 ? Math.min(patience, maxTimeout) : patience;
    // By the loop, so that what has arrived meanwhile comes first.
    query.timer = this.#realm.host.setTimeout(() => this.#soon(() => fail('ETIMEOUT')), limit);
  }

  /** A refusal comes as fast as an answer. */
  #soon(callback: () => void): void {
    const { loop } = this.#realm;
    if (loop.enqueueReady) loop.enqueueReady(callback);
    else loop.enqueue(callback);
  }

  /** The server that failed least, the first of several. */
  #healthiest(): NameServer | undefined {
    const failures = (server: NameServer): number => this.#failures.get(server) ?? 0;
    return this.servers.toSorted((one, other) => failures(one) - failures(other))[0];
  }

  #send(socket: DatagramSocket, { address, port }: NameServer, bytes: Uint8Array): boolean {
    return loopbackOf(this.#realm).send(socket, bytes, address, port) === true;
  }

  #open(): DatagramSocket | undefined {
    if (this.#socket) return this.#socket;
    const loopback = loopbackOf(this.#realm);
    const local = loopback.resolveLocal('udp', '::', 0);
    const socket = typeof local === 'string' ? undefined : loopback.bindDatagram(local);
    if (!(socket instanceof DatagramSocket)) return undefined;
    socket.changed = () => this.#receive(socket);
    this.#socket = socket;
    return socket;
  }

  #receive(socket: DatagramSocket): void {
    for (let datagram = socket.receive(); datagram; datagram = socket.receive()) {
      const reply = parseReply(datagram.bytes);
      const query = reply && this.#queries.get(reply.id);
      if (!reply || !query) continue;
      if (query.server) this.#failures.delete(query.server);
      this.#finish(reply.id, query, reply);
    }
  }

  #finish(id: number, query: Query, outcome: Reply | ResolverFailure): void {
    this.#queries.delete(id);
    if (query.timer !== undefined) this.#realm.host.clearTimeout(query.timer);
    if (this.#queries.size === 0) {
      this.#socket?.close();
      this.#socket = undefined;
    }
    this.#soon(() => query.done(outcome));
  }
}
