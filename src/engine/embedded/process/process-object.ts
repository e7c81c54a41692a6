/** The bare `process` object that C++ hands to Node's bootstrap. */
import { nativeError } from './bindings/native-error.ts';
import type { NodeFacts } from './node-facts.ts';
import type { HostGlobals, ProcessInfo } from './realm.ts';

/** Creates it, with an environment whose values are always strings. */
export function createProcessObject(
  facts: NodeFacts,
  info: ProcessInfo,
  host: HostGlobals,
): Record<PropertyKey, unknown> {
  // Node's class of `process` is a function of that name that nobody can call.
  function process(): void {}
  const prototype: unknown = Object.create(Object.prototype, {
    constructor: { value: process, writable: true, configurable: true },
  });
  // True: made of plain objects above.
  const object = Object.create(prototype as object) as Record<PropertyKey, unknown>;
  process.prototype = prototype;
  /** Warns once of a value that is hardly meant to be a string. */
  let hasWarned = false;
  const onOddValue = (): void => {
    const warn = object['emitWarning'];
    if (hasWarned || info.options['--pending-deprecation'] !== true || typeof warn !== 'function') return;
    hasWarned = true;
    Reflect.apply(warn as () => void, object, [oddValue, 'DeprecationWarning', 'DEP0104']);
  };
  return Object.assign(object, {
    version: facts.version,
    versions: Object.freeze({ ...facts.versions }),
    arch: 'x64',
    platform: 'linux',
    release: { ...facts.release },
    env: createEnvironment(info.env, host, onOddValue),
    pid: info.pid,
    ppid: 1,
    execPath: info.execPath,
    debugPort: 9229,
    title: 'node',
    argv: [...info.argv],
    execArgv: [...info.execArgv],
  });
}

const oddValue =
  'Assigning any value other than a string, number, or boolean to a process.env property is deprecated. ' +
  'Please make sure to convert the value to a string before setting process.env with it.';
const onlyData = "'process.env' only accepts a configurable, writable, and enumerable data descriptor";
const noAccessors = "'process.env' does not accept an accessor(getter/setter) descriptor";

function createEnvironment(env: Record<string, string>, host: HostGlobals, onOddValue: () => void): object {
  const assign = (key: PropertyKey, value: unknown): true => {
    if (typeof key === 'symbol' || typeof value === 'symbol')
      throw new TypeError('Cannot convert a Symbol value to a string');
    if (!['string', 'number', 'boolean'].includes(typeof value)) onOddValue();
    env[key] = String(value);
    return true;
  };
  return new host.Proxy(env, {
    get: (target, key) => (typeof key === 'symbol' ? undefined : Reflect.get(target, key)),
    has: (target, key) => typeof key !== 'symbol' && Reflect.has(target, key),
    set: (_target, key, value: unknown) => assign(key, value),
    defineProperty(_target, key, descriptor) {
      const isAccessor = 'get' in descriptor || 'set' in descriptor;
      const { configurable, writable, enumerable } = descriptor;
      if ('value' in descriptor && configurable === true && writable === true && enumerable === true)
        return assign(key, descriptor.value);
      const message = isAccessor ? noAccessors : onlyData;
      throw nativeError(TypeError, 'ERR_INVALID_OBJECT_DEFINE_PROPERTY', message);
    },
  });
}
