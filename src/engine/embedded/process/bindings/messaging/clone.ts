/** Structured clones with Node's errors, and with ports of this process among the values. */
import type { ProcessRealm } from '../../create-realm.ts';
import { isPort } from './message-port.ts';

/** A message on its way. */
export interface Transfer {
  readonly value: unknown;
  /** The ports that were transferred with it. */
  readonly ports: readonly object[];
}

/** The browser names its function before V8's own words. */
const browserPrefix = /^Failed to execute '\w+' on '\w+': /;

/** Returns a function that clones a value and moves what `transfer`, a list or an object with one, names. */
export function createClone(realm: ProcessRealm): (value: unknown, transfer: unknown) => Transfer {
  return (value, transfer) => {
    const list = transferListOf(transfer);
    const ports = list.filter(isPort);
    // True: what is no port is left to the browser, which says when it cannot be transferred.
    const others = list.filter((each) => !isPort(each)) as Transferable[];
    const marks = new Map(ports.map((port, index) => [port, { [portMark]: index }] as const));
    try {
      const cloned = realm.host.structuredClone(
        replace(value, (each) => marks.get(each)),
        { transfer: others },
      );
      const portAt = (each: object): object | undefined =>
        Object.hasOwn(each, portMark) ? ports[Number(Reflect.get(each, portMark))] : undefined;
      return { value: ports.length > 0 ? replace(cloned, portAt) : cloned, ports };
    } catch (error) {
      if (!(error instanceof realm.host.DOMException)) throw error;
      // Node's own class, made by its per-context script with this signature.
      const NodeException = realm.perContext['DOMException'] as new (message: string, name: string) => Error;
      throw new NodeException(error.message.replace(browserPrefix, ''), error.name);
    }
  };
}

const portMark = 'loopbook:port';

function transferListOf(transfer: unknown): unknown[] {
  const list: unknown =
    typeof transfer === 'object' && transfer !== null && 'transfer' in transfer
      ? transfer.transfer
      : transfer;
  return Array.isArray(list) ? list : [];
}

/** Copies plain objects and lists that lead to a value which is replaced; everything else stays the same object. */
function replace(value: unknown, replacement: (each: object) => object | undefined, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 20) return value;
  const other = replacement(value);
  if (other) return other;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => replace(item, replacement, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(
    ([key, member]: [string, unknown]) => [key, replace(member, replacement, depth + 1)] as const,
  );
  return entries.some(([key, member]) => member !== Reflect.get(value, key))
    ? Object.fromEntries(entries)
    : value;
}
