/** The parts of Node's library that the frame has: for the Workers that begin, and for those that wait for one. */
import { partAnswer, type FrameRequest, type LibraryPartText, type WorkerMessage } from '../protocol.ts';

export class LibraryParts {
  readonly #texts = new Map<string, string>();
  readonly #waiting = new Map<string, SharedArrayBuffer[]>();
  readonly #request: (request: FrameRequest) => void;

  /** `request` asks the page for a part. */
  constructor(request: (request: FrameRequest) => void) {
    this.#request = request;
  }

  /** What a Worker is given before its program, of the parts that the page has sent for it. */
  messages(names: readonly string[]): LibraryPartText[] {
    return names.flatMap((name) => {
      const text = this.#texts.get(name);
      return text === undefined ? [] : [{ type: 'part', name, text }];
    });
  }

  /** The page has sent a part, or could not load it. */
  add({ name, text }: LibraryPartText): void {
    if (text !== undefined) this.#texts.set(name, text);
    for (const answer of this.#waiting.get(name) ?? []) reply(answer, text);
    this.#waiting.delete(name);
  }

  /** A Worker waits for a part. */
  answer({ name, answer }: WorkerMessage): void {
    const text = this.#texts.get(name);
    if (text !== undefined) return reply(answer, text);
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), answer]);
    this.#request({ type: 'part-wanted', name });
  }
}

function reply(answer: SharedArrayBuffer, text: string | undefined): void {
  const state = new Int32Array(answer, 0, 1);
  const bytes = new Uint8Array(answer, partAnswer.textAt);
  const isThere = text !== undefined && text.length === bytes.length;
  if (isThere) bytes.set(new TextEncoder().encode(text));
  Atomics.store(state, 0, isThere ? partAnswer.isThere : partAnswer.failed);
  Atomics.notify(state, 0);
}
