/** Standard streams of a process as messages to and from the page. */
import type { StandardStreams, Terminal } from './realm.ts';

/** Bytes that are sent together. */
const batchSize = 32_768;
/** Writes that are sent at once: a program may print, then compute for long. The page has work with each. */
const mostPrompt = 100;
/** How many more may be sent at once, by the millisecond. */
const promptRate = 1;
/** Milliseconds after which a write is sent at once all the same. */
const longestWait = 10;

/** Output that is not known yet, or that comes after such output. */
interface HeldWrite {
  readonly fd: 1 | 2;
  bytes: Uint8Array;
  isKnown: boolean;
}

/** Bytes that may be held back, as a program that runs on and on may print more and more. */
const mostHeld = 1024 * 1024;

/** Sends output of one stream. */
export type SendOutput = (fd: 1 | 2, bytes: Uint8Array) => void;

const { TextEncoder: Encoder, TextDecoder: Decoder } = globalThis;
/** A held write that was sent. */
const nothing = new Uint8Array();

/** Output is sent at once, or when enough has come together where it is much; input arrives when the reader types. */
export class TerminalStreams implements StandardStreams {
  readonly #send: SendOutput;
  readonly #now: () => number;
  #prompt = mostPrompt;
  #countedAt = 0;
  #sentAt = 0;
  #waiting: Uint8Array[] = [];
  #size = 0;
  #stream: 1 | 2 = 1;
  #held: HeldWrite[] = [];
  #isNextHeld = false;
  #input: Uint8Array[] = [];
  #isInputEnded = false;
  #listeners: (() => void)[] = [];
  terminal: Terminal | undefined;
  readonly #onInputWanted: () => void;

  /** `now` is a clock in milliseconds; `onInputWanted` is called when the program begins to wait for input. */
  constructor(send: SendOutput, now: () => number, onInputWanted: () => void = () => {}) {
    this.#send = send;
    this.#now = now;
    this.#onInputWanted = onInputWanted;
  }

  write(fd: 1 | 2, bytes: Uint8Array): void {
    if (!this.#isNextHeld && this.#held.length === 0) return this.#write(fd, bytes);
    this.#held.push({ fd, bytes: new Uint8Array(bytes), isKnown: !this.#isNextHeld });
    this.#isNextHeld = false;
    if (this.#held.reduce((size, held) => size + held.bytes.length, 0) > mostHeld) this.releaseAll();
  }

  /** Holds the next write back until the function that is returned has rewritten its text. */
  holdNext(): (rewrite: (text: string) => string) => void {
    this.#isNextHeld = true;
    const index = this.#held.length;
    const before = this.#held;
    return (rewrite) => {
      const held = before[index];
      if (!held || held.isKnown) return;
      held.bytes = new Encoder().encode(rewrite(new Decoder().decode(held.bytes)));
      held.isKnown = true;
      this.#release();
    };
  }

  /** Sends what is held back, as it is: the process ends, or has held too much. */
  releaseAll(): void {
    this.#held.forEach((held) => (held.isKnown = true));
    this.#release();
  }

  #release(): void {
    const end = this.#held.findIndex(({ isKnown }) => !isKnown);
    const known = end < 0 ? this.#held : this.#held.slice(0, end);
    known.forEach(({ fd, bytes }) => this.#write(fd, bytes));
    if (end < 0) this.#held = [];
    else known.forEach((held) => (held.bytes = nothing));
  }

  #write(fd: 1 | 2, bytes: Uint8Array): void {
    if (bytes === nothing) return;
    if (fd !== this.#stream) this.#flush();
    this.#stream = fd;
    // Copied, because the program may change its bytes before they are sent. (A Buffer's slice would share them.)
    this.#waiting.push(new Uint8Array(bytes));
    this.#size += bytes.length;
    if (this.#size >= batchSize) this.#flush();
    else this.flushPromptly();
  }

  /** Sends what has come together, if not too much was sent just before: then it has to wait for `flush`. */
  flushPromptly(): void {
    if (this.#size === 0) return;
    const now = this.#now();
    this.#prompt = Math.min(mostPrompt, this.#prompt + (now - this.#countedAt) * promptRate);
    this.#countedAt = now;
    if (this.#prompt < 1 && now - this.#sentAt < longestWait) return;
    this.#prompt = Math.max(0, this.#prompt - 1);
    this.#flush();
  }

  /** Sends what has come together: the program rests, or ends. */
  flush(): void {
    this.#flush();
  }

  #flush(): void {
    if (this.#size === 0) return;
    this.#sentAt = this.#now();
    const bytes = new Uint8Array(this.#size);
    let offset = 0;
    this.#waiting.forEach((part) => {
      bytes.set(part, offset);
      offset += part.length;
    });
    this.#waiting = [];
    this.#size = 0;
    this.#send(this.#stream, bytes);
  }

  read(length: number): Uint8Array | null {
    const first = this.#input.at(0);
    if (!first) return this.#isInputEnded ? null : new Uint8Array();
    if (first.length <= length) this.#input.shift();
    else this.#input[0] = first.subarray(length);
    return first.subarray(0, length);
  }

  whenReadable(callback: () => void): void {
    this.#listeners.push(callback);
    if (this.#input.length > 0 || this.#isInputEnded) this.#notify();
    else {
      // What it asks for comes first.
      this.#flush();
      this.#onInputWanted();
    }
  }

  /** Bytes that the reader typed. */
  feed(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#input.push(bytes);
    this.#notify();
  }

  /** The end of input. */
  endInput(): void {
    this.#isInputEnded = true;
    this.#notify();
  }

  #notify(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    listeners.forEach((listener) => listener());
  }
}
