/** The output region of a program: text as it comes, its colours, and no more of it than a page can bear. */
import type { OutputChunk } from '../engine/engine.ts';
import { AnsiParser } from './ansi.ts';
import type { AnsiColor, AnsiSpan, AnsiStyle } from './ansi.ts';
import type { Printed } from './comparison.ts';

/** The elements of the region. */
export interface TerminalParts {
  readonly region: HTMLElement;
  readonly label: HTMLElement;
  readonly log: HTMLElement;
  readonly notice: HTMLElement;
}

/** What one run printed, and whether the page shows all of it. */
export interface Transcript extends Printed {
  readonly isCut: boolean;
  /** Number of lines that were printed. */
  readonly lines: number;
}

type Stream = OutputChunk['stream'];

/** Characters of output that a page shows. */
const longestOutput = 256 * 1024;
/** Characters that a screen reader announces as they come; the rest it can read in the region. */
const longestAnnouncement = 2_000;
/** Characters after which a stream goes on in another block, because browsers lay out a whole block at once. */
const longestBlock = 8_000;

/** Shows one run. The region keeps what it showed before until there is something new. */
export class Terminal {
  readonly #parts: TerminalParts;
  readonly #parsers = { stdout: new AnsiParser(), stderr: new AnsiParser(), both: new AnsiParser() };
  readonly #printed: Record<Stream, string> = { stdout: '', stderr: '', both: '' };
  #pending: { readonly stream: Stream; readonly span: AnsiSpan }[] = [];
  #frame: number | undefined;
  #block: { readonly element: HTMLElement; readonly stream: Stream; length: number } | undefined;
  #isEmpty = true;
  #length = 0;
  #lines = 0;

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    parts.notice.hidden = true;
  }

  /** Takes a piece of output; the page shows it with the next frame. */
  write({ stream, text }: OutputChunk): void {
    const room = longestOutput - this.#length;
    this.#length += text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lines += 1;
    if (room <= 0) {
      // Only the notice changes.
      this.#frame ??= requestAnimationFrame(() => this.#flush());
      return;
    }
    for (const span of this.#parsers[stream].parse(text.slice(0, room))) {
      this.#printed[stream] += span.text;
      this.#pending.push({ stream, span });
    }
    this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  /** Shows what is left, or that there was nothing if the program ran `toItsEnd`. */
  finish(toItsEnd: boolean): Transcript {
    this.#flush();
    if (this.#isEmpty && toItsEnd) {
      this.#clear();
      const nothing = document.createElement('span');
      nothing.className = 'plate-nothing';
      nothing.textContent = 'The program printed nothing.';
      this.#parts.log.append(nothing);
    }
    this.dispose();
    return { ...this.#printed, isCut: this.#length > longestOutput, lines: this.#lines };
  }

  /** Drops what is left, and lets go of the region. */
  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#parts.log.ariaLive = null;
    this.#parts.region.style.minBlockSize = '';
  }

  #clear(): void {
    const { region, label, log } = this.#parts;
    // What comes may be as long as what was there: the text below stays where it is.
    region.style.minBlockSize = `${region.offsetHeight}px`;
    label.textContent = 'Output';
    log.replaceChildren();
    this.#isEmpty = false;
  }

  #flush(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const { log, notice } = this.#parts;
    if (this.#pending.length > 0) {
      if (this.#isEmpty) this.#clear();
      if (this.#length > longestAnnouncement) log.ariaLive = 'off';
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
      for (const { stream, span } of this.#pending) this.#append(stream, span);
      this.#pending = [];
      if (isAtEnd) log.scrollTop = log.scrollHeight;
    }
    if (this.#length > longestOutput) {
      notice.hidden = false;
      notice.textContent = `Output cut: the program printed ${size(this.#length)}, the page shows the first ${size(longestOutput)}.`;
    }
  }

  #append(stream: Stream, span: AnsiSpan): void {
    let block = this.#block;
    if (
      block?.stream !== stream ||
      (block.length > longestBlock && block.element.textContent.endsWith('\n'))
    ) {
      block = { element: createBlock(stream), stream, length: 0 };
      this.#block = block;
      this.#parts.log.append(block.element);
    }
    block.length += span.text.length;
    block.element.append(createText(span));
  }
}

function createBlock(stream: Stream): HTMLElement {
  const block = document.createElement('span');
  block.className = 'stream';
  block.dataset['stream'] = stream;
  if (stream === 'stderr') {
    const label = document.createElement('span');
    label.className = 'stream-label';
    label.textContent = 'stderr';
    block.append(label);
  }
  return block;
}

function createText({ text, style }: AnsiSpan): Node {
  const classes = classesOf(style);
  if (classes.length === 0) return document.createTextNode(text);
  const element = document.createElement('span');
  element.className = classes.join(' ');
  if (typeof style.foreground === 'string') element.style.setProperty('--ansi-foreground', style.foreground);
  if (typeof style.background === 'string') element.style.setProperty('--ansi-background', style.background);
  element.textContent = text;
  return element;
}

function classesOf({ foreground, background, ...faces }: AnsiStyle): string[] {
  const color = (kind: string, value: AnsiColor) =>
    typeof value === 'number' ? [`ansi-${kind}`, `ansi-${kind}-${value % 8}`] : [`ansi-${kind}`];
  return [
    ...Object.keys(faces).map((face) => `ansi-${face}`),
    ...(foreground === undefined ? [] : color('foreground', foreground)),
    ...(background === undefined ? [] : color('background', background)),
  ];
}

function size(characters: number): string {
  const kilobytes = characters / 1024;
  return kilobytes < 1000 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
