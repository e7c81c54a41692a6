/** An element that is complete as it stands, and comes to life at the reader's first act in it. */
import { hasKept } from './store/hint.ts';

/** What such an element becomes. */
export interface Late {
  /** Does what the control named `part` stands for; nothing where it is none. */
  act(part: string, control: HTMLElement): void;
  dispose(): void;
}

/** The small part, which every page loads; the rest is loaded when the reader comes near, or at once to show what is kept. */
export abstract class LateElement extends HTMLElement {
  #connection = new AbortController();
  #waking: Promise<Late> | undefined;

  protected abstract load(): Promise<Late>;

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    this.addEventListener('click', (event) => this.#act(event), { signal });
    // Where that fails, the click tries again and says so.
    const wake = () => void this.#wake().catch(() => {});
    for (const type of ['pointerenter', 'focusin']) this.addEventListener(type, wake, { signal, once: true });
    if (hasKept()) wake();
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#waking = undefined;
  }

  #wake(): Promise<Late> {
    const { signal } = this.#connection;
    return (this.#waking ??= this.load().then(
      (late) => {
        if (signal.aborted) late.dispose();
        signal.addEventListener('abort', () => late.dispose());
        return late;
      },
      (error: unknown) => {
        this.#waking = undefined;
        throw error;
      },
    ));
  }

  #act(event: Event): void {
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-part]') : null;
    const part = control?.dataset['part'];
    if (!control || part === undefined || control.closest('node-snippet')) return;
    if (control.matches('summary')) event.preventDefault();
    this.#wake().then(
      (late) => late.act(part, control),
      () => {
        const problem = this.querySelector('[data-part=problem]');
        if (problem)
          problem.textContent = 'What this needs could not be loaded. Check the connection and try again.';
      },
    );
  }
}
