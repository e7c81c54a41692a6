/** Where `JSON.parse` found a mistake: V8 makes a script of the text that it refuses, and Node points into it. */
import type { Position } from './source-registry.ts';
import type { ThrowGuard } from './throw-guard.ts';

/** V8's name of a script that has none. */
const anonymous = '<anonymous_script>';

export class JsonSyntax {
  readonly #guard: ThrowGuard;
  readonly #parse: (text: string) => unknown;
  readonly #texts = new WeakMap<object, string>();

  constructor(guard: ThrowGuard) {
    this.#guard = guard;
    this.#parse = JSON.parse;
  }

  /** From now on, texts that `JSON.parse` refuses are remembered. */
  watch(HostProxy: typeof Proxy): void {
    const texts = this.#texts;
    JSON.parse = new HostProxy(JSON.parse, {
      apply(parse, receiver, values: readonly unknown[]) {
        try {
          return Reflect.apply(parse, receiver, values) as unknown;
        } catch (error) {
          if (error instanceof SyntaxError) texts.set(error, String(values[0]));
          throw error;
        }
      },
    });
  }

  /** The place of the mistake, in the text that was to be parsed; undefined for another error. */
  placeOf(error: object): Position | undefined {
    const text = this.#texts.get(error);
    if (text === undefined) return undefined;
    // The browser tells the place when the error is thrown again.
    const site = this.#guard.call(() => void this.#parse(text))?.place;
    return site && { name: anonymous, ...site, source: { text, edits: [] } };
  }
}
