/** Reads what a terminal printed back into the streams that the program wrote. */
import type { OutputChunk } from '../engine.ts';

/** Escape sequences of our own, which say from where on the output belongs to which stream. */
export const MARKS: Readonly<Record<OutputChunk['stream'], string>> = {
  stdout: '\x1b]7702;o\x07',
  stderr: '\x1b]7702;e\x07',
  both: '\x1b]7702;b\x07',
};

/** Where every program of the book believes that it is. */
export const HOME = '/home/reader';

const MARKED_STREAMS = new Map(
  (['stdout', 'stderr', 'both'] as const).map((stream) => [MARKS[stream], stream]),
);

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * Takes a terminal's text in pieces: marks become streams, CRLF becomes LF, and the program's own directory becomes
 * `/home/reader`. A piece that ends inside one of those is held back until the rest of it arrives.
 */
export class TerminalOutput {
  readonly #tokens: readonly string[];
  readonly #pattern: RegExp;
  #stream: OutputChunk['stream'] = 'both';
  #held = '';

  /** `directory` is the absolute path of the program's directory. */
  constructor(directory: string) {
    this.#tokens = [...MARKED_STREAMS.keys(), '\r\n', directory];
    this.#pattern = new RegExp(`(${this.#tokens.map(escapeForRegExp).join('|')})`);
  }

  /** What can be told of the output after a further piece of it. */
  push(text: string): OutputChunk[] {
    const known = this.#held + text;
    const end = known.length - this.#unfinishedLength(known);
    this.#held = known.slice(end);
    return this.#read(known.slice(0, end));
  }

  /** What was held back, now that nothing follows. */
  end(): OutputChunk[] {
    const rest = this.#held;
    this.#held = '';
    return this.#read(rest);
  }

  /** Length of the longest end of the text that is the beginning of a token. */
  #unfinishedLength(text: string): number {
    const longest = Math.max(...this.#tokens.map((token) => token.length)) - 1;
    for (let length = Math.min(longest, text.length); length > 0; length--) {
      const end = text.slice(-length);
      if (this.#tokens.some((token) => token.length > length && token.startsWith(end))) return length;
    }
    return 0;
  }

  #read(text: string): OutputChunk[] {
    const chunks: { stream: OutputChunk['stream']; text: string }[] = [];
    for (const part of text.split(this.#pattern)) {
      const marked = MARKED_STREAMS.get(part);
      if (marked !== undefined) {
        this.#stream = marked;
        continue;
      }
      const printed = part === '\r\n' ? '\n' : part === this.#tokens.at(-1) ? HOME : part;
      const last = chunks.at(-1);
      if (last?.stream === this.#stream) last.text += printed;
      else if (printed !== '') chunks.push({ stream: this.#stream, text: printed });
    }
    return chunks;
  }
}
