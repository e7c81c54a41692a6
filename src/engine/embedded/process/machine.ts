/** The other processes of the machine, as one of them sees them: where they listen, and its connections with them. */
import { Relay } from './relay.ts';
import { Servers } from './servers.ts';
import type { StreamEnd } from './byte-stream.ts';
import type { SocketAddress } from './port-table.ts';
import type { NetworkNews, NetworkRequest, ServerAddress } from '../network-protocol.ts';

/** Connections of a process with others: what comes in beyond is reset. */
const mostConnections = 4096;

// Captured before Node's globals take the browser's places.
const { MessageChannel } = globalThis;

/** Takes a connection of another process to a server of this one; false where nobody listens any more. */
export type TakeConnection = (stream: StreamEnd, target: SocketAddress, from: SocketAddress) => boolean;

/** A connection that is being made: it is asked for, and the bytes that are written wait for it. */
export interface Dial {
  readonly stream: StreamEnd;
  /** Called once: whether the connection is there. */
  onSettled: (isConnected: boolean) => void;
}

/** Connects this process with the others; the frame tells which there are. */
export class Machine {
  readonly #post: (request: NetworkRequest, transfer: Transferable[]) => void;
  readonly #take: TakeConnection;
  /** Those of the others. */
  readonly #servers = new Servers();
  /** Where this process listens. */
  readonly #own = new Set<SocketAddress>();
  /** With the process at the other end; undefined while it is dialed. */
  readonly #connections = new Map<Relay, number | undefined>();
  readonly #dials = new Map<number, { readonly relay: Relay; readonly dial: Dial }>();
  #dialCount = 0;

  /** `post` tells the frame. */
  constructor(post: (request: NetworkRequest, transfer: Transferable[]) => void, take: TakeConnection) {
    this.#post = post;
    this.#take = take;
  }

  /** Whether another process listens on a port. */
  hasPort(port: number): boolean {
    return this.#servers.has(port);
  }

  /** Whether no other process listens where `server` would. */
  hasRoomFor(server: ServerAddress): boolean {
    return this.#servers.hasRoomFor(server);
  }

  /** This process listens somewhere. */
  announce(server: ServerAddress): void {
    this.#own.add(server.local);
    this.#post({ type: 'server-up', server }, []);
  }

  /** This process has ceased to listen where it announced. */
  withdraw(local: SocketAddress): void {
    this.#own.delete(local);
    this.#post({ type: 'server-down', local }, []);
  }

  /** Connects to a server of another process; undefined where none is known. */
  dial(target: SocketAddress, from: SocketAddress): Dial | undefined {
    if (!this.#servers.find(target)) return undefined;
    const { port1, port2 } = new MessageChannel();
    const relay = this.#relay(port1);
    const dial: Dial = { stream: relay.near, onSettled: () => {} };
    const id = ++this.#dialCount;
    this.#dials.set(id, { relay, dial });
    this.#post({ type: 'dial', id, from, target }, [port2]);
    return dial;
  }

  /** What the frame tells. */
  hear(news: NetworkNews, port: MessagePort | undefined): void {
    switch (news.type) {
      case 'server-up':
        return void this.#servers.add({ process: news.process, ...news.server });
      case 'server-down':
        return void this.#servers.remove(news.process, news.local);
      case 'dialed':
        return this.#settle(news.id, news.process);
      case 'incoming':
        return port && this.#accept(news, port);
      case 'process-ended':
        this.#servers.removeAll(news.process);
        for (const [relay, process] of this.#connections) if (process === news.process) relay.expectEnd();
    }
  }

  /** The program has ended: what it has sent still arrives, and it can be reached no more. */
  end(): void {
    // First: who sees a connection end, and connects again at once, finds nobody.
    for (const local of this.#own) this.withdraw(local);
    for (const relay of this.#connections.keys()) relay.finish();
    this.#post({ type: 'ended' }, []);
  }

  #settle(id: number, process: number | undefined): void {
    const dialed = this.#dials.get(id);
    if (!dialed) return;
    this.#dials.delete(id);
    const { relay, dial } = dialed;
    // It may be closed by now.
    if (this.#connections.has(relay)) this.#connections.set(relay, process);
    dial.onSettled(process !== undefined);
    if (process === undefined) relay.reset();
  }

  #accept({ process, target, from }: Extract<NetworkNews, { type: 'incoming' }>, port: MessagePort): void {
    const relay = this.#relay(port, process);
    const isFull = this.#connections.size > mostConnections;
    if (isFull || !this.#take(relay.near, target, from)) relay.reset();
  }

  #relay(port: MessagePort, process?: number): Relay {
    const relay = new Relay(port, () => this.#connections.delete(relay));
    this.#connections.set(relay, process);
    return relay;
  }
}
