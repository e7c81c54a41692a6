/** Message ports inside one process: two ends, or all ends of a broadcast channel. */
import { nativeError } from '../native-error.ts';
import type { ProcessRealm } from '../../create-realm.ts';
import type { Clone, Transfer } from './clone.ts';
import {
  MessagePort,
  PortHandle,
  handleOf,
  hear,
  isNascent,
  isPort,
  isPortOpen,
  type Channel,
} from './port-handle.ts';

/** What the second argument of `postMessage` names: a list, or an object with one. */
function transferListOf(transfer: unknown): unknown[] {
  if (transfer === undefined || transfer === null) return [];
  const refuse = (name: string): Error =>
    nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Optional ${name} argument must be an iterable`);
  if (typeof transfer !== 'object') throw refuse('transferList');
  const list = readIterable(transfer);
  if (list) return list;
  const option: unknown = Reflect.get(transfer, 'transfer');
  if (option === undefined) return [];
  const items = readIterable(option);
  if (!items) throw refuse('options.transfer');
  return items;
}

/** The items of an iterable; undefined for what is none. */
function readIterable(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const method: unknown = Reflect.get(value, Symbol.iterator);
  if (typeof method !== 'function') return undefined;
  const iterator: unknown = Reflect.apply(method as () => unknown, value, []);
  if (typeof iterator !== 'object' || iterator === null) return undefined;
  if (typeof Reflect.get(iterator, 'next') !== 'function') return undefined;
  // True: an iterator with a function `next` keeps the protocol, or fails by its own fault.
  return [...{ [Symbol.iterator]: () => iterator as Iterator<unknown> }];
}

/** The functions and classes of `internalBinding('messaging')` that make ports and deliver messages. */
export function portMembers(realm: ProcessRealm, clone: Clone): Record<string, unknown> {
  const symbols = realm.internalBinding('symbols');
  const groups = new Map<string, Set<Channel>>();

  function call(target: object, key: unknown): void {
    const method: unknown = Reflect.get(target, key as PropertyKey); // the symbols of Node's library
    if (typeof method === 'function') Reflect.apply(method as () => unknown, target, []);
  }

  function createPort(channel: Channel): object {
    const emit = ({ value, ports }: Transfer): void => {
      const { emitMessage } = realm.perContext;
      if (typeof emitMessage !== 'function') return;
      Reflect.apply(emitMessage as () => unknown, handle.object, [value, [...ports], 'message']);
    };
    const handle: PortHandle = new PortHandle(realm, channel, emit, createPort);
    const onClose = symbols['handle_onclose'] as symbol; // the symbol that Node's library knows
    const closed = (): void => {
      handle.disconnect();
      call(handle.object, onClose);
      handle.isGone = true;
    };
    Object.defineProperty(handle, onClose, { value: closed });
    call(handle.object, symbols['oninit']);
    return handle.object;
  }

  function post(object: object, value: unknown, transferred: readonly unknown[]): boolean | undefined {
    const handle = handleOf(object);
    const { channel } = handle;
    const targets = channel && handle.isConnected ? [...channel.receivers()] : [];
    const isLost = targets.some(({ owner }) => owner && transferred.includes(owner.object));
    const message = clone(value, transferred, object);
    if (isLost) {
      const warn: unknown = realm.process['emitWarning'];
      const text = 'The target port was posted to itself, and the communication channel was lost';
      if (typeof warn === 'function') Reflect.apply(warn as () => void, realm.process, [text]);
      for (const port of message.ports) handleOf(port).close();
      handle.close();
      return true;
    }
    const [first, ...others] = targets;
    if (!first) return undefined;
    hear(first, message);
    for (const other of others) hear(other, clone(message.value, [], object));
    return true;
  }

  Object.defineProperties(
    MessagePort.prototype,
    Object.getOwnPropertyDescriptors({
      postMessage(this: object, ...values: [value?: unknown, transfer?: unknown]): boolean | undefined {
        const { length } = values;
        if (length === 0)
          throw nativeError(TypeError, 'ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage');
        return post(this, values[0], transferListOf(values[1]));
      },
      start(this: object): void {
        const handle = handleOf(this);
        if (!handle.channel || handle.isReceiving) return;
        handle.isReceiving = true;
        if (handle.channel.queue.length > 0) handle.wake();
      },
      close(this: object): void {
        handleOf(this).close();
      },
      ref(this: object): void {
        handleOf(this).ref();
      },
      unref(this: object): void {
        handleOf(this).unref();
      },
      hasRef(this: object): boolean | undefined {
        if (isNascent(this)) return false;
        const handle = handleOf(this);
        return handle.isGone ? undefined : handle.hasRef();
      },
    }),
  );

  class MessageChannel {
    readonly port1: object;
    readonly port2: object;

    constructor() {
      const one: Channel = { receivers: () => [other], queue: [], owner: undefined };
      const other: Channel = { receivers: () => [one], queue: [], owner: undefined };
      this.port1 = createPort(one);
      this.port2 = createPort(other);
    }
  }

  return {
    MessagePort: refuseCalls(
      MessagePort,
      realm.host.Proxy,
      'ERR_CONSTRUCT_CALL_INVALID',
      'Constructor cannot be called',
    ),
    MessageChannel: refuseCalls(
      MessageChannel,
      realm.host.Proxy,
      'ERR_CONSTRUCT_CALL_REQUIRED',
      'Class constructor MessageChannel cannot be invoked without `new`',
    ),
    stopMessagePort(object: unknown) {
      if (isPort(object)) handleOf(object).isReceiving = false;
    },
    checkMessagePort: isPort,
    drainMessagePort(object: object) {
      handleOf(object).drain();
    },
    moveMessagePortToContext(object: object) {
      if (isPort(object) && !isPortOpen(object))
        throw nativeError(Error, 'ERR_CLOSED_MESSAGE_PORT', 'Cannot send data on closed MessagePort');
      return realm.notSupported('worker_threads.moveMessagePortToContext');
    },
    receiveMessageOnPort(object: unknown) {
      if (!isPort(object)) {
        const message = 'The "port" argument must be a MessagePort instance';
        throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
      }
      const message = handleOf(object).take(true);
      return message ? message.value : symbols['no_message_symbol'];
    },
    broadcastChannel(name: string) {
      const group = groups.get(name) ?? new Set();
      groups.set(name, group);
      const channel: Channel = {
        // Everyone but itself who is still there, whoever comes later included.
        receivers: () => [...group].filter((other) => other !== channel && other.owner),
        queue: [],
        owner: undefined,
      };
      group.add(channel);
      return createPort(channel);
    },
  };
}

/** A class that says in Node's words that it cannot be called. */
function refuseCalls<Class extends object>(
  target: Class,
  HostProxy: typeof Proxy,
  code: string,
  message: string,
): Class {
  const refusing = new HostProxy(target, {
    apply() {
      throw nativeError(TypeError, code, message);
    },
  });
  const prototype: unknown = Reflect.get(target, 'prototype');
  if (typeof prototype === 'object' && prototype !== null)
    Object.defineProperty(prototype, 'constructor', { value: refusing, writable: true, configurable: true });
  return refusing;
}
