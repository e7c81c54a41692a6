/** What a program is doing, in words, beside its buttons. */
import type { SessionState } from './session.ts';
import { describeElapsed } from '../words.ts';

/** The elements of the line. */
export interface StatusParts {
  /** Announced as it changes. */
  readonly progress: HTMLElement;
  readonly elapsed: HTMLElement;
  /** What the reader can do about it. */
  readonly offer: HTMLElement;
}

/** Something that helps with what is shown. */
export interface Offer {
  readonly label: string;
  readonly run: () => void;
}

/** Shows states; its clock ticks while the program is under way. */
export class StatusLine {
  readonly #parts: StatusParts;
  #state: SessionState['name'] = 'idle';
  #offer: Offer | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(parts: StatusParts) {
    this.#parts = parts;
  }

  /** Shows what is going on now. */
  show(state: SessionState, offer: Offer | undefined): void {
    if (state.name !== this.#state) this.#startClock(state.name === 'booting' || state.name === 'running');
    this.#state = state.name;
    this.#parts.progress.textContent = describeProgress(state);
    this.#showOffer(offer);
  }

  /** Says something until the state changes, with what the reader can do about it. */
  say(sentence: string, offer: Offer | undefined): void {
    this.#parts.progress.textContent = sentence;
    this.#showOffer(offer);
  }

  /** Does what is offered. */
  takeOffer(): void {
    const offer = this.#offer;
    this.#showOffer(undefined);
    offer?.run();
  }

  /** Stops the clock. */
  dispose(): void {
    this.#startClock(false);
  }

  #showOffer(offer: Offer | undefined): void {
    this.#offer = offer;
    this.#parts.offer.hidden = offer === undefined;
    this.#parts.offer.textContent = offer?.label ?? '';
  }

  #startClock(isTicking: boolean): void {
    const { elapsed } = this.#parts;
    clearInterval(this.#clock);
    elapsed.textContent = '';
    if (!isTicking) return;
    const since = performance.now();
    this.#clock = setInterval(() => (elapsed.textContent = describeElapsed(performance.now() - since)), 1000);
  }
}

function describeProgress(state: SessionState): string {
  if (state.name === 'waiting') return `Waits until “${state.ahead.title}” has ended.`;
  if (state.name === 'booting') return state.message;
  if (state.name === 'running') return state.isStopping ? 'Stopping.' : 'Running.';
  return '';
}
