/** What libuv's handles have in common: an active, referenced one keeps the process alive until it is closed. */
import type { Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';

/**
 * When a callback runs. `ready`: in the next poll phase. `pending`: after this turn's poll phase, before immediates.
 * `closing`: after the immediates, the last first.
 */
export type Phase = 'ready' | 'pending' | 'closing';

const openHandles = new WeakMap<Realm, Set<HandleWrap>>();

/** The handles of a process that are not closed, in the order in which they were made. */
export function openHandlesOf(realm: Realm): Set<HandleWrap> {
  const open = openHandles.get(realm) ?? new Set();
  openHandles.set(realm, open);
  return open;
}

/** `HandleWrap` of Node's C++. */
export abstract class HandleWrap extends AsyncWrap {
  #state: 'open' | 'closing' | 'closed' = 'open';
  #isActive = false;
  #isReferenced = true;

  /** `type` is a name of `async_wrap.Providers`; `resource` stands for this in async hooks. */
  constructor(realm: Realm, type: string, resource?: object) {
    super(realm, type, resource);
    openHandlesOf(realm).add(this);
  }

  ref(): void {
    this.#update(this.#isActive, true);
  }

  unref(): void {
    this.#update(this.#isActive, false);
  }

  hasRef(): boolean {
    return this.#state !== 'closed' && this.#isReferenced;
  }

  /** Lets go of what the handle stands for at once; `callback` runs in the closing phase. */
  close(callback?: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#update(false, this.#isReferenced);
    // The symbol that Node's library knows as `handle_onclose`.
    const onClose = this.realm.internalBinding('symbols')['handle_onclose'] as symbol;
    if (typeof callback === 'function') Reflect.set(this, onClose, callback);
    this.enqueue('closing', () => {
      this.#state = 'closed';
      openHandlesOf(this.realm).delete(this);
      this.makeCallback(Reflect.get(this, onClose));
      this.emitDestroy();
    });
    this.release();
  }

  /** Frees the resource behind the handle. What it enqueues for the closing phase runs before the handle's own callback. */
  protected abstract release(): void;

  protected enqueue(phase: Phase, callback: () => void): void {
    const { loop } = this.realm;
    if (phase === 'closing' && loop.enqueueClose) loop.enqueueClose(callback);
    else if (phase === 'pending' && loop.enqueuePending) loop.enqueuePending(callback);
    else if (phase === 'ready' && loop.enqueueReady) loop.enqueueReady(callback);
    else loop.enqueue(callback);
  }

  protected get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Whether the handle waits for an event from outside. */
  protected setActive(isActive: boolean): void {
    if (this.#state === 'open') this.#update(isActive, this.#isReferenced);
  }

  #update(isActive: boolean, isReferenced: boolean): void {
    const before = this.#isActive && this.#isReferenced;
    this.#isActive = isActive;
    this.#isReferenced = isReferenced;
    const after = isActive && isReferenced;
    if (after && !before) this.realm.loop.ref();
    if (before && !after) this.realm.loop.unref();
  }
}
