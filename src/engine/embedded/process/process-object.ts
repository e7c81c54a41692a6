/** The bare `process` object that C++ hands to Node's bootstrap. */
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
  return Object.assign(object, {
    version: facts.version,
    versions: Object.freeze({ ...facts.versions }),
    arch: 'x64',
    platform: 'linux',
    release: { ...facts.release },
    env: createEnvironment(info.env, host),
    pid: info.pid,
    ppid: 1,
    execPath: info.execPath,
    debugPort: 9229,
    title: 'node',
    argv: [...info.argv],
    execArgv: [...info.execArgv],
  });
}

function createEnvironment(env: Record<string, string>, host: HostGlobals): object {
  return new host.Proxy(env, {
    set(target, key, value: unknown) {
      if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      target[key] = String(value);
      return true;
    },
    defineProperty(target, key, descriptor) {
      if ('value' in descriptor) descriptor.value = String(descriptor.value);
      return Reflect.defineProperty(target, key, descriptor);
    },
  });
}
