/** For tests only: the pinned Node's own bindings (needs `--expose-internals`) and a realm made of Node's globals. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { UvErrorTable } from '../uv-errors.ts';
import type { Binding, BindingFactory, Realm, StandardStreams } from '../realm.ts';

const require = createRequire(import.meta.url);

/** The real `internalBinding(name)` of the Node that runs the test. */
export function realBinding(name: string): Binding {
  const { internalBinding } = require('internal/test/binding') as { internalBinding(name: string): Binding };
  return internalBinding(name);
}

/** A module of Node's library, such as `internal/util/inspect`. */
export function realBuiltin(id: string): Record<string, unknown> {
  // Node's library modules are plain objects of functions and constants.
  return require(id) as Record<string, unknown>;
}

/** A realm on the globals of the Node that runs the test. `settle` runs what was enqueued, in order. */
export function testRealm(streams?: StandardStreams): { realm: Realm; settle(): void } {
  const queue: (() => void)[] = [];
  const uv = new UvErrorTable();
  const bindings = new Map<string, Binding>();
  const realm: Realm = {
    host: globalThis,
    loop: { now: () => performance.now(), enqueue: (callback) => queue.push(callback), ref() {}, unref() {} },
    uv,
    info: {
      pid: 42,
      execPath: '/usr/local/bin/node',
      argv: ['node'],
      execArgv: [],
      options: {},
      env: {},
      cwd: '/home/reader',
      umask: 0o022,
      startedAt: 0,
    },
    streams: streams ?? { write() {}, read: () => null, whenReadable() {} },
    process: {},
    internalBinding: (name) => bindings.get(name) ?? realBinding(name),
    requireBuiltin: realBuiltin,
    ownModule(name) {
      throw new Error(`The module ${name} is made by the build`);
    },
    notSupported: (api) => {
      throw new Error(`${api} is not available here`);
    },
    exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
  return {
    realm,
    settle() {
      for (let callback = queue.shift(); callback; callback = queue.shift()) callback();
    },
  };
}

/** Our binding and Node's own, side by side. */
export function besideReal(name: string, factory: BindingFactory): { ours: Binding; real: Binding } {
  const real = realBinding(name);
  return { ours: factory(testRealm().realm, { ...real }), real };
}

/** What a call comes to: its value, or its error's constructor, code and message, so that two calls can be compared. */
export function outcome(call: () => unknown): unknown {
  try {
    return { value: call() };
  } catch (error) {
    if (!(error instanceof Error)) return { thrown: error };
    return { error: error.name, code: 'code' in error ? error.code : undefined, message: error.message };
  }
}

/** Fails unless a run comes to the same on our side and, after it, on Node's own; answers what it came to. */
export async function assertSame<Side, Result>(
  ours: Side,
  real: Side,
  run: (side: Side) => Result | Promise<Result>,
): Promise<Result> {
  const result = await run(ours);
  assert.deepEqual(result, await run(real));
  return result;
}

/** A member of a binding as a function. */
export function callable(binding: Binding, name: PropertyKey): (...args: unknown[]) => unknown {
  const member = binding[name];
  if (typeof member !== 'function') throw new Error(`the binding has no function ${String(name)}`);
  return (...args) => Reflect.apply(member, binding, args) as unknown;
}
