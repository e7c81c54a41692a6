/** Calls a program's code so that the browser tells which statement threw what nobody caught. */
import type { Position } from './source-registry.ts';

/** What was thrown, and the statement that threw it as the evaluated text has it; undefined when that is no file. */
export interface Thrown {
  readonly error: unknown;
  readonly site: Position | undefined;
  /** The same in whatever text it was thrown. */
  readonly place: { readonly line: number; readonly column: number };
}

/**
 * An exception that leaves an event listener is reported to the Worker at once, before any microtask, with the place
 * of the throw; one that was caught and thrown again has lost it.
 */
export class ThrowGuard {
  readonly #dispatch: (event: Event) => boolean;
  readonly #createEvent: () => Event;
  #task: (() => void) | undefined;
  #calls = 0;
  #thrown: Thrown | undefined;
  #rethrown: Thrown | undefined;

  /** Has to be made before the browser's globals go. */
  constructor() {
    const target = new EventTarget();
    const HostEvent = Event;
    this.#dispatch = target.dispatchEvent.bind(target);
    this.#createEvent = () => new HostEvent('call');
    target.addEventListener('call', () => {
      this.#task?.();
    });
    addEventListener('error', (event) => {
      if (this.#calls === 0) return;
      event.preventDefault();
      const { error, filename, lineno, colno } = event;
      const rethrown = this.#rethrown;
      this.#rethrown = undefined;
      if (rethrown && rethrown.error === error) {
        this.#thrown = rethrown;
        return;
      }
      const isFile = filename !== '' && !filename.startsWith('blob:');
      const place = { line: lineno, column: colno };
      this.#thrown = { error, site: isFile ? { name: filename, ...place } : undefined, place };
    });
  }

  /** Runs `task`; returns what it threw. */
  call(task: () => void): Thrown | undefined {
    const outer = this.#thrown;
    this.#thrown = undefined;
    this.#task = task;
    this.#calls++;
    this.#dispatch(this.#createEvent());
    this.#calls--;
    const thrown = this.#thrown;
    this.#thrown = outer;
    return thrown;
  }

  /** Throws what `call` returned, for a `call` further out, which then returns the place of the first throw. */
  rethrow(thrown: Thrown): never {
    this.#rethrown = thrown;
    throw thrown.error;
  }
}
