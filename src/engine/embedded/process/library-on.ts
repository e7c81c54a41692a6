/** For tests only: modules of Node's own library, loaded a second time on bindings of ours (needs `--expose-internals`). */
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { realBinding, testRealm } from './bindings/oracle.ts';
import type { Binding, BindingFactory, Realm, StandardStreams } from './realm.ts';

const require = createRequire(import.meta.url);

// Node's own test helper has this member under `--expose-internals`.
const { primordials } = require('internal/test/binding') as { readonly primordials: unknown };
// The sources of Node's library, by id.
const natives = realBinding('builtins')['natives'] as Record<string, string>;

/** A loop on Node's own: each callback in a macrotask, phases in libuv's order, `ref` kept as a count. */
export class TestLoop {
  references = 0;
  #poll: (() => void)[] = [];
  readonly #pending: (() => void)[] = [];
  readonly #closing: (() => void)[] = [];
  #isRunning = false;

  now(): number {
    return performance.now();
  }

  ref(): void {
    this.references++;
  }

  unref(): void {
    this.references--;
  }

  enqueue(callback: () => void): void {
    this.#add(this.#poll, callback);
  }

  enqueuePending(callback: () => void): void {
    this.#add(this.#pending, callback);
  }

  enqueueClose(callback: () => void): void {
    this.#add(this.#closing, callback);
  }

  #add(queue: (() => void)[], callback: () => void): void {
    queue.push(callback);
    if (this.#isRunning) return;
    this.#isRunning = true;
    setImmediate(() => this.#turn());
  }

  /** One callback a macrotask: this turn's poll events, then what they made pending, then what they closed. */
  #turn(): void {
    const ready = this.#poll;
    this.#poll = [];
    const step = (): void => {
      const next = ready.shift() ?? this.#pending.shift() ?? this.#closing.pop();
      if (next) {
        setImmediate(step);
        return next();
      }
      this.#isRunning = this.#poll.length > 0;
      if (this.#isRunning) this.#turn();
    };
    step();
  }
}

export interface Library {
  readonly realm: Realm;
  readonly loop: TestLoop;
  /** A module of the library on our bindings, if it is one of those named, else Node's own. */
  require(id: string): Record<string, unknown>;
}

/** Loads the modules named in `fresh` again, on `factories` where they have a binding and on Node's own elsewhere. */
export function libraryOn(
  factories: Record<string, BindingFactory>,
  fresh: readonly string[],
  streams?: StandardStreams,
): Library {
  const loop = new TestLoop();
  const bindings = new Map<string, Binding>();
  const modules = new Map<string, { exports: Record<string, unknown> }>();

  const realm: Realm = {
    ...testRealm(streams).realm,
    loop,
    internalBinding(name) {
      const known = bindings.get(name);
      if (known) return known;
      const factory = factories[name];
      const binding = factory ? factory(realm, { ...realBinding(name) }) : realBinding(name);
      bindings.set(name, binding);
      return binding;
    },
    requireBuiltin: load,
  };

  function load(id: string): Record<string, unknown> {
    const bare = id.replace(/^node:/, '');
    // A module of Node's library is an object of its exports.
    if (!fresh.includes(bare)) return require(id) as Record<string, unknown>;
    const known = modules.get(bare);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(bare, module);
    const parameters = ['exports', 'require', 'module', 'process', 'internalBinding', 'primordials'];
    const run = compileFunction(natives[bare] ?? '', parameters, { filename: `ours:${bare}` });
    Reflect.apply(run, undefined, [
      module.exports,
      load,
      module,
      process,
      (name: string) => realm.internalBinding(name),
      primordials,
    ]);
    return module.exports;
  }

  return { realm, loop, require: load };
}
