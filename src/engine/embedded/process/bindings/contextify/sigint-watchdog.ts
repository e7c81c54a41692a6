/** What waits for SIGINT while a script runs that the signal is to break off: nested watches, the innermost first. */

export class SigintWatchdog {
  readonly #pending: boolean[] = [];

  /** Begins a watch; true, as it always can. */
  start(): boolean {
    this.#pending.push(false);
    return true;
  }

  /** Ends the innermost watch; tells whether the signal came for it. */
  stop(): boolean {
    return this.#pending.pop() ?? false;
  }

  get hasPending(): boolean {
    return this.#pending.includes(true);
  }

  /** The signal has come; false when nobody watches for it. */
  take(): boolean {
    if (this.#pending.length === 0) return false;
    this.#pending[this.#pending.length - 1] = true;
    return true;
  }
}

const watchdogs = new WeakMap<object, SigintWatchdog>();

/** The watchdog of a process. */
export function sigintWatchdogOf(realm: object): SigintWatchdog {
  const known = watchdogs.get(realm) ?? new SigintWatchdog();
  watchdogs.set(realm, known);
  return known;
}
