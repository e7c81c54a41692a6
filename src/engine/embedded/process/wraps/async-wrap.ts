/** What a native object that calls back into a program has in common: an async id, and the context it was made in. */
import type { Realm } from '../realm.ts';

type Callback = (...args: unknown[]) => unknown;

/** The part of `internal/async_hooks` that C++ shares with JavaScript. */
interface AsyncHooks {
  newAsyncId(): number;
  getDefaultTriggerAsyncId(): number;
  emitInit(asyncId: number, type: string, triggerAsyncId: number, resource: object): void;
  emitBefore(asyncId: number, triggerAsyncId: number, resource: object): void;
  emitAfter(asyncId: number): void;
  popAsyncContext(asyncId: number): void;
  executionAsyncId(): number;
  hasAsyncIdStack(): boolean;
  emitDestroy(asyncId: number): void;
  defaultTriggerAsyncIdScope<Result>(triggerAsyncId: number, run: () => Result): Result;
}

interface ContextFrame {
  getContinuationPreservedEmbedderData(): unknown;
  setContinuationPreservedEmbedderData(frame: unknown): void;
}

// The library's own modules: their shapes are Node's, pinned with it.
const asyncHooks = (realm: Realm): AsyncHooks =>
  realm.requireBuiltin('internal/async_hooks') as unknown as AsyncHooks;
const contextFrame = (realm: Realm): ContextFrame =>
  realm.internalBinding('async_context_frame') as unknown as ContextFrame;

/** `AsyncWrap` of Node's C++: every handle and request is one. */
export class AsyncWrap {
  readonly #realm: Realm;
  #type: string;
  #asyncId = -1;
  #triggerAsyncId = -1;
  #frame: unknown;
  #resource: object = this;

  /** `type` is a name of `async_wrap.Providers`, such as `TCPWRAP`; `resource` stands for this in async hooks, null if it begins to live later. */
  constructor(realm: Realm, type: string, resource?: object | null) {
    this.#realm = realm;
    this.#type = type;
    if (resource !== null) this.asyncReset(resource);
  }

  /** The name of a wrap among `async_wrap.Providers`. */
  static providerOf(wrap: AsyncWrap): string {
    return wrap.#type;
  }

  protected get realm(): Realm {
    return this.#realm;
  }

  getAsyncId(): number {
    return this.#asyncId;
  }

  getProviderType(): number {
    // The binding's table of providers: names to numbers.
    const providers = this.#realm.internalBinding('async_wrap')['Providers'] as Record<string, number>;
    return providers[this.#type] ?? 0;
  }

  /** Begins a new life with an id of its own; `resource` stands for it in async hooks. */
  asyncReset(resource: unknown = this, type: string = this.#type): void {
    const hooks = asyncHooks(this.#realm);
    this.emitDestroy();
    this.#type = type;
    this.#resource = typeof resource === 'object' && resource !== null ? resource : this;
    this.#asyncId = hooks.newAsyncId();
    this.#triggerAsyncId = hooks.getDefaultTriggerAsyncId();
    this.#frame = contextFrame(this.#realm).getContinuationPreservedEmbedderData();
    hooks.emitInit(this.#asyncId, type, this.#triggerAsyncId, this.#resource);
  }

  getAsyncContextFrameForDebuggingOnly(): unknown {
    return this.#frame;
  }

  /** Lets a request begin to live, triggered by this resource. */
  startAsTrigger(request: AsyncWrap): void {
    this.asTrigger(() => request.asyncReset());
  }

  /** Runs a function; the resources that it makes are triggered by this one. */
  protected asTrigger<Result>(run: () => Result): Result {
    return asyncHooks(this.#realm).defaultTriggerAsyncIdScope(this.#asyncId, run);
  }

  /** Tells async hooks that this resource is gone, once. */
  protected emitDestroy(): void {
    if (this.#asyncId < 0) return;
    asyncHooks(this.#realm).emitDestroy(this.#asyncId);
    this.#asyncId = -1;
  }

  /** Calls the program's function on this object, in the async context of this object. Not a function: does nothing. */
  protected makeCallback(callback: unknown, ...args: unknown[]): unknown {
    if (typeof callback !== 'function') return undefined;
    const hooks = asyncHooks(this.#realm);
    const frames = contextFrame(this.#realm);
    const previous = frames.getContinuationPreservedEmbedderData();
    frames.setContinuationPreservedEmbedderData(this.#frame);
    // The callback may end this life, or begin another.
    const asyncId = this.#asyncId;
    // Called by the event loop, which hands an exception on to the handlers of `uncaughtException`.
    const isOutermost = hooks.executionAsyncId() === 0 && !hooks.hasAsyncIdStack();
    hooks.emitBefore(asyncId, this.#triggerAsyncId, this.#resource);
    let hasReturned = false;
    try {
      // Checked above to be a function; what it takes and returns is Node's library's business.
      const result = Reflect.apply(callback as Callback, this, args);
      hasReturned = true;
      return result;
    } finally {
      // Hooks do not hear of the end of a callback that threw; Node's library ends what its handlers still run in.
      if (hasReturned) hooks.emitAfter(asyncId);
      else if (!isOutermost) hooks.popAsyncContext(asyncId);
      if (hasReturned || !isOutermost) frames.setContinuationPreservedEmbedderData(previous);
    }
  }
}

const activeRequests = new WeakMap<Realm, Set<ReqWrap>>();

/** The requests of a process that are under way, in the order in which they began. */
export function activeRequestsOf(realm: Realm): Set<ReqWrap> {
  const active = activeRequests.get(realm) ?? new Set();
  activeRequests.set(realm, active);
  return active;
}

/**
 * A request: its `oncomplete` is called once, when the operation is done. One that is made without a resource begins to
 * live when the operation does.
 */
export class ReqWrap extends AsyncWrap {
  declare oncomplete?: unknown;

  /** Notes that the operation on `trigger` began; the process stays alive until `complete`. */
  dispatched(trigger?: AsyncWrap): void {
    if (this.getAsyncId() < 0) {
      if (trigger) trigger.startAsTrigger(this);
      else this.asyncReset();
    }
    this.realm.loop.ref();
    activeRequestsOf(this.realm).add(this);
  }

  /** Reports the result to the program. */
  complete(...args: unknown[]): void {
    this.realm.loop.unref();
    activeRequestsOf(this.realm).delete(this);
    this.makeCallback(this.oncomplete, ...args);
    this.emitDestroy();
  }
}
