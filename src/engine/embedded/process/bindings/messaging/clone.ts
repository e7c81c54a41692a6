/**
 * Structured clones with Node's errors, as `src/node_messaging.cc` makes them.
 *
 * The browser clones what JavaScript itself defines. Objects of Node's library that may be cloned or transferred stand
 * outside of that: marks take their places in the value that the browser sees, and their copies those of the marks.
 */
import { isIsolated } from '../../../isolated.ts';
import type { ProcessRealm } from '../../create-realm.ts';
import type { PrivateSymbol } from '../../private-symbol.ts';
import { isPort, isPortOpen, movePort } from './port-handle.ts';

/** A message on its way. */
export interface Transfer {
  readonly value: unknown;
  /** The ports that were transferred with it, as the receiver has them. */
  readonly ports: readonly object[];
}

/** Clones a value and moves what is in the list; a port that sends cannot be moved itself. Throws a `DataCloneError`. */
export type Clone = (value: unknown, transferred: readonly unknown[], source?: object) => Transfer;

/** What an object of Node's library makes of itself to be built anew. */
interface Serialized {
  readonly data: Readonly<Record<string, unknown>>;
  readonly deserializeInfo: string;
}

const modes = { transferable: 1, cloneable: 2 } as const;
const messages = {
  missing: 'Object that needs transfer was found in message but not listed in transferList',
  cannotClone: 'Cannot clone object of unsupported type.',
  cannotTransfer: 'Cannot transfer object of unsupported type.',
  detached: 'MessagePort in transfer list is already detached',
  invalid: 'Found invalid value in transferList.',
};

/** The browser names its function before V8's own words. */
const browserPrefix = /^Failed to execute '\w+' on '\w+': /;
const mark = 'loopbook:host-object';

const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice('[object '.length, -1);

/** The clone function of a process; `createObject` makes an empty object for a `deserializeInfo` of Node's library. */
export function createClone(realm: ProcessRealm, createObject: (info: string) => object): Clone {
  const symbols = realm.internalBinding('symbols');
  let transferMode: PrivateSymbol | undefined;
  let untransferable: PrivateSymbol | undefined;

  /** What may be done with an object of Node's library; undefined for an object of the program. */
  function modeOf(object: object): unknown {
    if (object instanceof ArrayBuffer) return undefined;
    if (isPort(object)) return modes.transferable;
    transferMode ??= realm.privateSymbol('transfer_mode_private_symbol');
    return transferMode.get(object);
  }

  function isUntransferable(object: object): boolean {
    untransferable ??= realm.privateSymbol('untransferable_object_private_symbol');
    return untransferable.get(object) !== undefined;
  }

  function dataCloneError(message: string): Error {
    // Node's own class, made by its per-context script with this signature.
    const NodeException = realm.perContext['DOMException'] as new (message: string, name: string) => Error;
    return new NodeException(message, 'DataCloneError');
  }

  function callSymbol(object: object, symbol: string, ...values: unknown[]): unknown {
    const method: unknown = Reflect.get(object, symbols[symbol] as symbol); // the symbols of Node's library
    return typeof method === 'function'
      ? Reflect.apply(method as (...values: unknown[]) => unknown, object, values)
      : undefined;
  }

  function checkTransferred(list: readonly unknown[], source: object | undefined): void {
    const seen = new Set<object>();
    for (const each of list) {
      if (typeof each !== 'object' || each === null) throw dataCloneError(messages.invalid);
      if (isUntransferable(each)) throw dataCloneError(messages.cannotTransfer);
      const isBuffer = each instanceof ArrayBuffer;
      const mode = isBuffer ? modes.transferable : modeOf(each);
      if (mode === undefined) throw dataCloneError(messages.invalid);
      if (each === source) throw dataCloneError('Transfer list contains source port');
      if (seen.has(each)) {
        const name = isBuffer ? 'ArrayBuffer' : each.constructor.name;
        throw dataCloneError(`Transfer list contains duplicate ${name}`);
      }
      if (isPort(each) && !isPortOpen(each)) throw dataCloneError(messages.detached);
      if (isBuffer ? each.detached : (Number(mode) & modes.transferable) === 0)
        throw dataCloneError(messages.cannotTransfer);
      seen.add(each);
    }
  }

  /** Moves or copies one object of Node's library, or one with shared memory. */
  function cloneHostObject(object: object, isTransferred: boolean): object {
    if (isShared(object)) return shareMemory(object);
    if (isPort(object)) {
      if (!isTransferred) throw dataCloneError(messages.missing);
      if (!isPortOpen(object)) throw dataCloneError(messages.detached);
      return movePort(object);
    }
    const mode = Number(modeOf(object));
    if (!isTransferred && (mode & modes.cloneable) === 0)
      throw dataCloneError(mode === 0 ? messages.cannotClone : messages.missing);
    const nested = isTransferred ? callSymbol(object, 'messaging_transfer_list_symbol') : [];
    const serialized =
      (isTransferred ? callSymbol(object, 'messaging_transfer_symbol') : undefined) ??
      callSymbol(object, 'messaging_clone_symbol');
    if (typeof serialized !== 'object' || serialized === null) throw dataCloneError(messages.cannotClone);
    const { data, deserializeInfo } = serialized as Serialized; // the shape that Node's library gives it
    const moved: unknown[] = Array.isArray(nested) ? nested : [];
    checkTransferred(moved, undefined);
    const copy = createObject(deserializeInfo);
    callSymbol(copy, 'messaging_deserialize_symbol', cloneData(data, moved));
    return copy;
  }

  /** The members of such an object: handles of bindings stay what they are. */
  function cloneData(data: Serialized['data'], moved: readonly unknown[]): Record<string, unknown> {
    const isHost = (member: unknown): member is object =>
      typeof member === 'object' && member !== null && modeOf(member) !== undefined;
    return Object.fromEntries(
      Object.entries(data).map(([key, member]) => [
        key,
        isHost(member) ? cloneHostObject(member, moved.includes(member)) : member,
      ]),
    );
  }

  return (value, transferred, source) => {
    checkTransferred(transferred, source);
    const found = [...hostObjectsIn(value, (each) => modeOf(each) !== undefined || isShared(each))];
    for (const each of found)
      if (!isShared(each) && !transferred.includes(each) && (Number(modeOf(each)) & modes.cloneable) === 0)
        throw dataCloneError(modeOf(each) === 0 ? messages.cannotClone : messages.missing);
    const places = new Map(found.map((each, index) => [each, { [mark]: index }] as const));
    try {
      const cloned = realm.host.structuredClone(
        found.length === 0 ? value : substitute(value, (each) => places.get(each)),
        { transfer: transferred.filter((each) => each instanceof ArrayBuffer) },
      );
      const all = [...new Set([...transferred.filter((each) => !(each instanceof ArrayBuffer)), ...found])];
      // True: `checkTransferred` saw that all are objects.
      const copies = new Map(
        (all as object[]).map((each) => [each, cloneHostObject(each, transferred.includes(each))] as const),
      );
      const copyAt = (each: object): object | undefined => {
        const original = Object.hasOwn(each, mark) ? found[Number(Reflect.get(each, mark))] : undefined;
        return original && copies.get(original);
      };
      return {
        value: found.length === 0 ? cloned : substitute(cloned, copyAt),
        ports: transferred.filter(isPort).flatMap((port) => copies.get(port) ?? []),
      };
    } catch (error) {
      if (!(error instanceof realm.host.DOMException)) throw error;
      throw dataCloneError(error.message.replace(browserPrefix, ''));
    }
  };
}

/** Whether an object is shared memory, or a view of it, that the browser does not clone. */
function isShared(object: object): boolean {
  if (isIsolated) return false;
  return kindOf(ArrayBuffer.isView(object) ? object.buffer : object) === 'SharedArrayBuffer';
}

/** A view of the same memory; the memory itself stays the same object. */
function shareMemory(object: object): object {
  if (!ArrayBuffer.isView(object)) return object;
  const { buffer, byteOffset, byteLength } = object;
  if (object instanceof DataView) return new DataView(buffer, byteOffset, byteLength);
  const constructor: unknown = Reflect.get(globalThis, kindOf(object));
  // True: every other view is a typed array, and has its constructor's name as its tag and a length.
  const TypedArray = constructor as new (
    buffer: ArrayBufferLike,
    byteOffset: number,
    length: unknown,
  ) => object;
  return new TypedArray(buffer, byteOffset, Reflect.get(object, 'length'));
}

/** Whether structured cloning walks through a value of this kind. */
function isContainer(value: object): boolean {
  return (
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Set ||
    Object.prototype.toString.call(value) === '[object Object]'
  );
}

/** The objects below a value that `isHostObject` says are; getters are not asked. */
function hostObjectsIn(value: unknown, isHostObject: (each: object) => boolean): Set<object> {
  const found = new Set<object>();
  const seen = new Set<object>();
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const each = pending.pop();
    if (typeof each !== 'object' || each === null || seen.has(each)) continue;
    seen.add(each);
    if (isHostObject(each)) found.add(each);
    else if (each instanceof Map) pending.push(...each.keys(), ...each.values());
    else if (each instanceof Set) pending.push(...each);
    else if (isContainer(each)) {
      for (const key of Object.keys(each)) pending.push(Object.getOwnPropertyDescriptor(each, key)?.value);
    }
  }
  return found;
}

/** Copies a value with other objects in the places that `replacement` names; cycles and holes stay. */
function substitute(value: unknown, replacement: (each: object) => object | undefined): unknown {
  const copies = new Map<object, object>();
  const copy = (each: unknown): unknown => {
    if (typeof each !== 'object' || each === null) return each;
    const known = replacement(each) ?? copies.get(each);
    if (known) return known;
    if (each instanceof Map) {
      const map = new Map<unknown, unknown>();
      copies.set(each, map);
      for (const [key, member] of each) map.set(copy(key), copy(member));
      return map;
    }
    if (each instanceof Set) {
      const set = new Set<unknown>();
      copies.set(each, set);
      for (const member of each) set.add(copy(member));
      return set;
    }
    if (!isContainer(each)) return each;
    const container: object = Array.isArray(each) ? [] : {};
    if (Array.isArray(each)) Reflect.set(container, 'length', each.length);
    copies.set(each, container);
    for (const [key, member] of Object.entries(each))
      Object.defineProperty(container, key, {
        value: copy(member),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    return container;
  };
  return copy(value);
}
