/** Loads the parts of Node's library that programs need, each once a visit, and hands them to the frame. */
import { fetchText } from './fetch-text.ts';
import { isIsolated } from './isolated.ts';
import { partsFor } from './library-parts.ts';
import type { LibraryPartText, ProcessProgram } from './protocol.ts';

export class PartLoader {
  readonly #urls: ReadonlyMap<string, URL>;
  readonly #send: (part: LibraryPartText) => void;
  readonly #loads = new Map<string, Promise<void>>();

  /** `urls` has the file of each part; `send` hands a part to the frame. */
  constructor(urls: ReadonlyMap<string, URL>, send: (part: LibraryPartText) => void) {
    this.#urls = urls;
    this.#send = send;
  }

  /** Names of the parts that a program is given from its start. */
  names(program: ProcessProgram): string[] {
    return partsFor(program, isIsolated);
  }

  /** Loads what a program is given from its start. Throws an `EngineError`. */
  async provide(program: ProcessProgram): Promise<void> {
    await Promise.all(this.names(program).map((name) => this.#load(name)));
  }

  /** A process waits for a part. The name is a stranger's. */
  async answer(name: string): Promise<void> {
    try {
      await this.#load(name);
    } catch {
      // The process says what happened.
      this.#send({ type: 'part', name });
    }
  }

  #load(name: string): Promise<void> {
    const known = this.#loads.get(name);
    if (known) return known;
    const load = this.#fetch(name).catch((error: unknown) => {
      // A failure is forgotten, so that the next program tries again.
      this.#loads.delete(name);
      throw error;
    });
    this.#loads.set(name, load);
    return load;
  }

  async #fetch(name: string): Promise<void> {
    const url = this.#urls.get(name);
    if (!url) throw new RangeError(`Node's library has no part "${name}".`);
    this.#send({ type: 'part', name, text: await fetchText(url) });
  }
}
