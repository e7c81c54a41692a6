/** Message ports inside one process: two ends, or all ends of a broadcast channel. */
import { nativeError } from '../native-error.ts';
import type { ProcessRealm } from '../../create-realm.ts';
import type { Clone, Transfer } from './clone.ts';

/** The state behind a port object. */
interface Port {
  /** What programs see of it: another object after a transfer. */
  object: MessagePort;
  /** Where its messages go. */
  receivers: ReadonlySet<Port>;
  readonly queue: Transfer[];
  isReceiving: boolean;
  isReferenced: boolean;
  isClosed: boolean;
  /** Puts a new object in front of it, as a transfer does; the old one is closed from then on. */
  move(): object;
}

const ports = new WeakMap<object, Port>();

/** Whether a value is a port of this process. */
export function isPort(value: unknown): value is object {
  return typeof value === 'object' && value !== null && ports.has(value);
}

/** Whether a port can still be transferred. */
export function isPortOpen(port: object): boolean {
  return ports.get(port)?.isClosed === false;
}

/** Transfers a port: answers the object that stands for it from now on. */
export function movePort(port: object): object {
  return ports.get(port)?.move() ?? port;
}

/** Node's class; its library gives it the methods of an event target. */
// eslint-disable-next-line typescript/no-extraneous-class -- its methods are added below, where the realm is known
class MessagePort {
  constructor() {
    throw nativeError(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
  }
}

/** What the second argument of `postMessage` names: a list, or an object with one. */
function transferListOf(transfer: unknown): unknown[] {
  if (transfer === undefined || transfer === null) return [];
  const isIterable = (value: unknown): value is Iterable<unknown> =>
    typeof value === 'object' && value !== null && Symbol.iterator in value;
  if (isIterable(transfer)) return [...transfer];
  const refuse = (name: string): Error =>
    nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Optional ${name} argument must be an iterable`);
  if (typeof transfer !== 'object') throw refuse('transferList');
  const list: unknown = 'transfer' in transfer ? transfer.transfer : undefined;
  if (list === undefined) return [];
  if (!isIterable(list)) throw refuse('options.transfer');
  return [...list];
}

/** The functions and classes of `internalBinding('messaging')` that make ports and deliver messages. */
export function portMembers(realm: ProcessRealm, send: Clone): Record<string, unknown> {
  const symbols = realm.internalBinding('symbols');
  const { loop } = realm;
  const channels = new Map<string, Set<Port>>();

  function call(target: object, key: unknown): void {
    const method: unknown = Reflect.get(target, key as PropertyKey); // the symbols of Node's library
    if (typeof method === 'function') Reflect.apply(method as () => unknown, target, []);
  }

  /** Puts an object in front of a port. */
  function present(port: Port, object: MessagePort): object {
    port.object = object;
    ports.set(object, port);
    call(object, symbols['oninit']);
    return object;
  }

  // The class refuses to be constructed, by Node too.
  const newObject = (): MessagePort => Object.create(MessagePort.prototype) as MessagePort;

  function create(): Port {
    const port: Port = {
      object: newObject(),
      receivers: new Set(),
      queue: [],
      isReceiving: false,
      isReferenced: false,
      isClosed: false,
      move() {
        const { object } = port;
        reference(port, false);
        port.isReceiving = false;
        ports.set(object, { ...port, receivers: new Set(), queue: [], isClosed: true });
        loop.enqueueClose(() => call(object, symbols['handle_onclose']));
        return present(port, newObject());
      },
    };
    present(port, port.object);
    return port;
  }

  function stateOf(object: object): Port {
    const port = ports.get(object);
    if (!port) throw new TypeError('Illegal invocation');
    return port;
  }

  function deliver(port: Port): void {
    const message = port.queue.shift();
    if (!message || port.isClosed) return;
    const { emitMessage } = realm.perContext;
    if (typeof emitMessage === 'function') {
      Reflect.apply(emitMessage as () => unknown, port.object, [message.value, message.ports, 'message']);
    }
  }

  function schedule(port: Port): void {
    loop.enqueue(() => {
      if (port.isReceiving) deliver(port);
    });
  }

  function reference(port: Port, isReferenced: boolean): void {
    if (port.isClosed || port.isReferenced === isReferenced) return;
    port.isReferenced = isReferenced;
    if (isReferenced) loop.ref();
    else loop.unref();
  }

  function close(port: Port): void {
    if (port.isClosed) return;
    reference(port, false);
    port.isClosed = true;
    loop.enqueueClose(() => call(port.object, symbols['handle_onclose']));
  }

  Object.defineProperties(
    MessagePort.prototype,
    Object.getOwnPropertyDescriptors({
      postMessage(this: object, ...values: [value?: unknown, transfer?: unknown]): boolean | undefined {
        const port = stateOf(this);
        if (values.length === 0)
          throw nativeError(TypeError, 'ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage');
        const transferred = transferListOf(values[1]);
        if (port.isClosed) return undefined;
        const message = send(values[0], transferred, this);
        for (const receiver of port.receivers) {
          if (receiver.isClosed) continue;
          receiver.queue.push(port.receivers.size > 1 ? send(message.value, []) : message);
          if (receiver.isReceiving) schedule(receiver);
        }
        return true;
      },
      start(this: object): void {
        const port = stateOf(this);
        if (port.isClosed || port.isReceiving) return;
        port.isReceiving = true;
        port.queue.forEach(() => schedule(port));
      },
      close(this: object): void {
        const port = stateOf(this);
        // The other end hears of it after the messages that are on their way.
        if (port.receivers.size === 1) for (const other of port.receivers) loop.enqueue(() => close(other));
        for (const group of channels.values()) group.delete(port);
        close(port);
      },
      drain(this: object): void {
        const port = stateOf(this);
        while (port.queue.length > 0) deliver(port);
      },
      ref(this: object): void {
        reference(stateOf(this), true);
      },
      unref(this: object): void {
        reference(stateOf(this), false);
      },
      hasRef(this: object): boolean {
        return stateOf(this).isReferenced;
      },
    }),
  );

  class MessageChannel {
    readonly port1: object;
    readonly port2: object;

    constructor() {
      const [one, other] = [create(), create()];
      one.receivers = new Set([other]);
      other.receivers = new Set([one]);
      this.port1 = one.object;
      this.port2 = other.object;
    }
  }

  return {
    MessagePort,
    MessageChannel,
    stopMessagePort(object: object) {
      stateOf(object).isReceiving = false;
    },
    drainMessagePort(object: object) {
      const port = stateOf(object);
      while (port.queue.length > 0) deliver(port);
    },
    receiveMessageOnPort(object: unknown) {
      const port = isPort(object) ? stateOf(object) : undefined;
      if (!port) {
        const message = 'The "port" argument must be a MessagePort instance';
        throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
      }
      const message = port.queue.shift();
      return message ? message.value : symbols['no_message_symbol'];
    },
    broadcastChannel(name: string) {
      const port = create();
      const group = channels.get(name) ?? new Set();
      channels.set(name, group.add(port));
      // Everyone but itself, whoever comes later included.
      Object.defineProperty(port, 'receivers', {
        get: () => new Set([...group].filter((other) => other !== port)),
      });
      return port.object;
    },
  };
}
