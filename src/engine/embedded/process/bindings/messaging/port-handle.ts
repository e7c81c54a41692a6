/** What is behind a message port: its handle, and the channel that moves with a port that is transferred. */
import { nativeError } from '../native-error.ts';
import type { ProcessRealm } from '../../create-realm.ts';
import { HandleWrap } from '../../wraps/handle-wrap.ts';
import type { Transfer } from './clone.ts';

/** Tells the other end that there will be no more messages. */
const closing = Symbol('closing');

/** Messages and their way: what moves with a port that is transferred. */
export interface Channel {
  /** Where its messages go. */
  receivers(): Iterable<Channel>;
  readonly queue: (Transfer | typeof closing)[];
  owner: PortHandle | undefined;
}

/** Messages that one turn of the loop delivers at most. */
const mostAtOnce = 1000;

const handles = new WeakMap<object, PortHandle>();
const nascent = new WeakSet<object>();

/** Node's class; its library gives it the methods of an event target. */
// eslint-disable-next-line typescript/no-extraneous-class -- its methods are added where the realm is known
export class MessagePort {
  constructor() {
    throw nativeError(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
  }
}

/** What is behind a port object: libuv's handle, which a message wakes. */
export class PortHandle extends HandleWrap {
  readonly object: object;
  channel: Channel | undefined;
  isReceiving = false;
  /** Whether it is closed and everybody knows. */
  isGone = false;
  #isWoken = false;
  readonly #loop: ProcessRealm['loop'];
  readonly #emit: (message: Transfer) => void;
  readonly #createPort: (channel: Channel) => object;

  constructor(
    realm: ProcessRealm,
    channel: Channel,
    emit: (message: Transfer) => void,
    createPort: (channel: Channel) => object,
  ) {
    // The class refuses to be constructed, by Node too.
    const object = Object.create(MessagePort.prototype) as object;
    // Async hooks see it before it has a handle.
    nascent.add(object);
    super(realm, 'MESSAGEPORT', object);
    nascent.delete(object);
    this.object = object;
    this.channel = channel;
    this.#loop = realm.loop;
    this.#emit = emit;
    this.#createPort = createPort;
    handles.set(object, this);
    channel.owner = this;
    this.setActive(true);
    if (channel.queue.length > 0) this.wake();
  }

  /** A message has come. */
  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    let left: number | undefined;
    this.#loop.enqueueReady(() => {
      left ??= Math.max(mostAtOnce, this.channel?.queue.length ?? 0);
      left -= 1;
      const hasDelivered = this.#deliver();
      if (hasDelivered && left > 0) return true;
      this.#isWoken = false;
      if (hasDelivered) this.wake();
      return false;
    });
  }

  /** The next message, if the port may have it; the end of the channel closes the port. */
  take(isForced = false): Transfer | undefined {
    const { channel } = this;
    const next = channel?.queue[0];
    if (!channel || next === undefined) return undefined;
    if (!isForced && !this.isReceiving && next !== closing) return undefined;
    channel.queue.shift();
    if (next !== closing) return next;
    this.close();
    return undefined;
  }

  /** Delivers one message, if there is any. */
  #deliver(): boolean {
    const message = this.take();
    if (message) this.makeCallback(() => this.#emit(message));
    return message !== undefined;
  }

  drain(): void {
    for (let message = this.take(true); message; message = this.take(true)) this.#emit(message);
  }

  /** Gives the channel to a new port, which is returned, and closes. */
  move(): object {
    const { channel } = this;
    this.channel = undefined;
    this.close();
    return channel ? this.#createPort(channel) : this.object;
  }

  /** Whether it can still send. */
  get isConnected(): boolean {
    return this.isOpen && this.channel !== undefined;
  }

  protected override release(): void {
    // The other end hears of it when this one is closed: see `disconnect`.
  }

  /** Tells the other end that there will be no more messages. */
  disconnect(): void {
    const { channel } = this;
    this.channel = undefined;
    if (!channel) return;
    channel.owner = undefined;
    for (const other of channel.receivers()) hear(other, closing);
  }
}

/** Puts a message at the end of what waits for a channel, and wakes its port. */
export function hear(channel: Channel, message: Transfer | typeof closing): void {
  channel.queue.push(message);
  channel.owner?.wake();
}

/** Whether a value is a port of this process. */
export function isPort(value: unknown): value is object {
  return typeof value === 'object' && value !== null && handles.has(value);
}

/** Whether an object is about to become a port: async hooks already see it. */
export function isNascent(object: object): boolean {
  return nascent.has(object);
}

/** Whether a port can still be transferred. */
export function isPortOpen(port: object): boolean {
  return handles.get(port)?.isConnected === true;
}

/** Transfers a port: answers the object that stands for it from now on. */
export function movePort(port: object): object {
  return handleOf(port).move();
}

/** The handle of a port; throws Node's error for any other object. */
export function handleOf(object: object): PortHandle {
  const handle = handles.get(object);
  if (!handle) throw new TypeError('Illegal invocation');
  return handle;
}
