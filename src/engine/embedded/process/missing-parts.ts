/** Loads a part of Node's library in the middle of a program: the Worker waits while its frame gets the text. */
import { isIsolated } from '../isolated.ts';
import { partAnswer, type WorkerMessage } from '../protocol.ts';

// Captured before Node's globals take the browser's places.
const post = globalThis.postMessage.bind(globalThis) as (message: WorkerMessage) => void; // a Worker's, not a window's
const { TextDecoder: Decoder } = globalThis;

/**
 * Returns the text of a part, whose length in ASCII characters is known. Throws an error where this page cannot wait for it or it
 * cannot be loaded.
 */
export function loadMissingPart(name: string, length: number): string {
  const what = `The part "${name}" of Node's library, which the program reached,`;
  if (!isIsolated) {
    throw new Error(`${what} cannot be loaded while a program runs: this page is not cross-origin isolated.`);
  }
  const answer = new SharedArrayBuffer(partAnswer.textAt + length);
  const state = new Int32Array(answer, 0, 1);
  post({ type: 'part-wanted', name, answer });
  Atomics.wait(state, 0, partAnswer.waiting);
  if (Atomics.load(state, 0) !== partAnswer.isThere)
    throw new Error(`${what} could not be loaded from this site. Check the connection and run again.`);
  return new Decoder('latin1').decode(new Uint8Array(answer, partAnswer.textAt).slice());
}
