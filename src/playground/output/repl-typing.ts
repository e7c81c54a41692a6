/** Types the lines of a REPL block into Node's REPL, each when it is asked for, as a reader would. */
import { stripAnsi } from './ansi.ts';

/** Waits for an expression, or for the rest of one; Node 22 writes the latter in another way. */
const prompt = /\n(?:> |\| |\.\.\. )$/;
/** Characters within which a prompt and the line end before it are found. */
const longestTail = 512;

/** The file of a REPL block: it is typed, not run. */
export const replFile = 'repl.js';

/** One session; what the reader types meanwhile comes in between. */
export class ReplTyping {
  readonly #waiting: string[];
  readonly #type: (text: string) => void;
  #tail = '';

  /** `type` gets each line with its Enter. */
  constructor(lines: string, type: (text: string) => void) {
    this.#waiting = lines === '' ? [] : lines.replace(/\n$/, '').split('\n');
    this.#type = type;
  }

  /** Takes what the REPL printed, in pieces. */
  read(text: string): void {
    if (this.#waiting.length === 0) return;
    this.#tail = (this.#tail + text).slice(-longestTail);
    if (!prompt.test(stripAnsi(this.#tail))) return;
    // What is echoed of the line comes before the next prompt.
    this.#tail = '';
    this.#type(`${this.#waiting.shift() ?? ''}\r`);
  }
}
