/** Values that stand for pointers of C++: a program can only pass them on and recognise them. */

const addresses = new WeakMap<object, bigint>();
let last = 0x5555_0000_0000n;

/** Makes such a value, with an address of its own. */
export function createExternal(): object {
  const external = Object.create(null) as object; // an object without properties, as V8's is
  last += 0x40n;
  addresses.set(external, last);
  return external;
}

/** The address that a value stands for; undefined for any other value. */
export function addressOf(value: unknown): bigint | undefined {
  return typeof value === 'object' && value !== null ? addresses.get(value) : undefined;
}
