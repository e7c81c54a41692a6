/** What a terminal does with what is typed before a program reads it: as Linux' n_tty in its usual setting. */
import type { Terminal, TerminalMode } from './realm.ts';
import type { TerminalSize } from '../../engine.ts';

/** SIGINT, SIGQUIT and SIGTSTP, by the key that makes them. */
const signals: ReadonlyMap<string, number> = new Map([
  ['\x03', 2],
  ['\x1c', 3],
  ['\x1a', 20],
]);
const endOfFile = '\x04';
const erase = new Set(['\x7f', '\b']);
const eraseWord = '\x17';
const eraseLine = '\x15';
const word = /[\p{L}\p{N}_]/u;

/** To whom what is typed goes. */
export interface LineDisciplineOutlets {
  /** What the program may read now. */
  input(text: string): void;
  /** The program is to see the end of its input. */
  end(): void;
  /** What the terminal shows; lines end with LF. */
  echo(text: string): void;
  signal(number: number): void;
}

/** How a control character shows: as `^C`. */
const caret = (character: string): string =>
  character === '\x7f' ? '^?' : `^${String.fromCharCode(character.charCodeAt(0) + 64)}`;

const isControl = (character: string): boolean => character < ' ' || character === '\x7f';

/** How a character of a line is shown. */
const shown = (character: string): string =>
  isControl(character) && character !== '\t' ? caret(character) : character;

/** A terminal: keys go in, lines come out, or every key where the program has asked for that. */
export class LineDiscipline implements Terminal {
  readonly #outlets: LineDisciplineOutlets;
  #size: TerminalSize;
  #mode: TerminalMode = 'normal';
  /** The line that is being typed, by characters. */
  #line: string[] = [];
  #hasCarriageReturn = false;

  constructor(size: TerminalSize, outlets: LineDisciplineOutlets) {
    this.#size = size;
    this.#outlets = outlets;
  }

  get columns(): number {
    return this.#size.columns;
  }

  get rows(): number {
    return this.#size.rows;
  }

  get mode(): TerminalMode {
    return this.#mode;
  }

  set mode(mode: TerminalMode) {
    this.#mode = mode;
    // What was typed of a line need not wait for its end any more.
    if (mode !== 'normal') this.#handOver('');
  }

  resize(size: TerminalSize): void {
    this.#size = size;
  }

  /** What the reader types. A line may end with CR, as the key does, or with LF or both, as pasted text does. */
  type(text: string): void {
    if (this.#mode !== 'normal') return this.#outlets.input(text);
    const rest = Array.from(text);
    for (let character = rest.shift(); character !== undefined; character = rest.shift()) {
      this.#press(character);
      // The program has not run in between, but an outlet may have changed the mode.
      if (this.mode !== 'normal') return this.#outlets.input(rest.join(''));
    }
  }

  #press(character: string): void {
    const isPair = character === '\n' && this.#hasCarriageReturn;
    this.#hasCarriageReturn = character === '\r';
    if (isPair) return;
    const signal = signals.get(character);
    if (signal !== undefined) {
      this.#line = [];
      this.#outlets.echo(caret(character));
      this.#outlets.signal(signal);
    } else if (character === '\r' || character === '\n') {
      this.#outlets.echo('\n');
      this.#handOver('\n');
    } else if (character === endOfFile) {
      if (this.#line.length === 0) this.#outlets.end();
      else this.#handOver('');
    } else if (erase.has(character)) this.#erase(this.#line.length - 1);
    else if (character === eraseLine) this.#erase(0);
    else if (character === eraseWord) this.#erase(this.#wordStart());
    else {
      this.#line.push(character);
      this.#outlets.echo(shown(character));
    }
  }

  #handOver(end: string): void {
    const text = this.#line.join('') + end;
    this.#line = [];
    if (text !== '') this.#outlets.input(text);
  }

  /** Takes back what was typed from a position on. */
  #erase(start: number): void {
    const erased = this.#line.splice(Math.max(0, start));
    const width = erased.reduce((sum, character) => sum + shown(character).length, 0);
    if (width > 0) this.#outlets.echo('\b \b'.repeat(width));
  }

  #wordStart(): number {
    let start = this.#line.length;
    while (start > 0 && !word.test(this.#line[start - 1] ?? '')) start -= 1;
    while (start > 0 && word.test(this.#line[start - 1] ?? '')) start -= 1;
    return start;
  }
}
