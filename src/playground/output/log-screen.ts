/** A program's output as a log: text as it comes, its colours, and no more of it than a page can bear. */
import type { OutputChunk } from '../../engine/engine.ts';
import type { AnsiSpan } from './ansi.ts';
import { createText } from './ansi-text.ts';
import { Printout } from './printout.ts';
import { longestOutput } from './screen.ts';
import type { Screen, ScreenParts, Transcript } from './screen.ts';

type Stream = OutputChunk['stream'];

/** Characters that a screen reader announces as they come; the rest it can read in the region. */
const longestAnnouncement = 2_000;
/** Characters after which a stream goes on in another block, because browsers lay out a whole block at once. */
const longestBlock = 8_000;

/** Shows one run without a terminal. The region keeps what it showed before until there is something new. */
export class LogScreen implements Screen {
  readonly size = undefined;
  readonly #parts: ScreenParts;
  readonly #onCursor: () => void;
  readonly #printout = new Printout();
  #movesCursor = false;
  #pending: { readonly stream: Stream; readonly span: AnsiSpan }[] = [];
  #frame: number | undefined;
  #block: { readonly element: HTMLElement; readonly stream: Stream; length: number } | undefined;
  #isEmpty = true;

  /** `onCursor` is called once, when the output turns out to move the cursor, which only a terminal can show. */
  constructor(parts: ScreenParts, options: { readonly onCursor?: () => void } = {}) {
    this.#parts = parts;
    this.#onCursor = options.onCursor ?? (() => {});
    parts.notice.hidden = true;
    parts.log.ariaLive = null;
  }

  write(chunk: OutputChunk): void {
    const { stream } = chunk;
    for (const span of this.#printout.add(chunk)) this.#pending.push({ stream, span });
    this.#frame ??= requestAnimationFrame(() => this.#flush());
    if (this.#movesCursor || !this.#printout.movesCursor) return;
    this.#movesCursor = true;
    // Whatever takes its place finds the region as the output's.
    this.#flush();
    this.#onCursor();
  }

  finish(toItsEnd: boolean): Transcript {
    this.#flush();
    if (this.#isEmpty && toItsEnd) {
      this.#clear();
      this.#parts.log.append(createNothing());
    }
    this.dispose();
    return this.#printout.transcript();
  }

  focus(): void {}

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
      if (this.#printout.length > longestAnnouncement) log.ariaLive = 'off';
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
      for (const { stream, span } of this.#pending) this.#append(stream, span);
      this.#pending = [];
      if (isAtEnd) log.scrollTop = log.scrollHeight;
    }
    if (this.#printout.isCut) {
      notice.hidden = false;
      notice.textContent = `Output cut: the program printed ${describeSize(this.#printout.length)}, the page shows the first ${describeSize(longestOutput)}.`;
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

/** A block of a stream's text in the log; standard error says that it is. */
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

/** What the log says where nothing was printed. */
export function createNothing(): HTMLElement {
  const nothing = document.createElement('span');
  nothing.className = 'plate-nothing';
  nothing.textContent = 'The program printed nothing.';
  return nothing;
}

/** An amount of text, in words. */
export function describeSize(characters: number): string {
  const kilobytes = characters / 1024;
  return kilobytes < 1000 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
