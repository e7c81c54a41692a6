/** What one run prints, as it is kept and compared: plain text, stream by stream, up to a limit. */
import type { OutputChunk } from '../../engine/engine.ts';
import { AnsiParser } from './ansi.ts';
import type { AnsiSpan } from './ansi.ts';
import { longestOutput } from './screen.ts';
import type { Transcript } from './screen.ts';

/** Takes a run's output piece by piece. */
export class Printout {
  readonly #parsers = { stdout: new AnsiParser(), stderr: new AnsiParser(), both: new AnsiParser() };
  readonly #printed = { stdout: '', stderr: '', both: '' };
  #length = 0;
  #lines = 0;

  /** Characters that were printed, kept or not. */
  get length(): number {
    return this.#length;
  }

  get isCut(): boolean {
    return this.#length > longestOutput;
  }

  /** Whether some of it moves the cursor, which only a terminal can show. */
  get movesCursor(): boolean {
    return Object.values(this.#parsers).some(({ movesCursor }) => movesCursor);
  }

  /** Takes a piece; gives what of it is kept, in pieces of one style. */
  add({ stream, text }: OutputChunk): AnsiSpan[] {
    const room = longestOutput - this.#length;
    this.#length += text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lines += 1;
    if (room <= 0) return [];
    const spans = this.#parsers[stream].parse(text.slice(0, room));
    for (const span of spans) this.#printed[stream] += span.text;
    return spans;
  }

  /** All of it until now. */
  transcript(): Transcript {
    return { ...this.#printed, isCut: this.isCut, lines: this.#lines };
  }
}
