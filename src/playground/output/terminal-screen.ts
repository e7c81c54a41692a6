/** A program's output on a terminal, which may take input: xterm.js in the colours of the page. Loaded on use. */
import { Terminal } from '@xterm/xterm';
import xtermStyles from '@xterm/xterm/css/xterm.css?inline';
import type { OutputChunk, TerminalSize } from '../../engine/engine.ts';
import styles from '../../styles/terminal.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { createText } from './ansi-text.ts';
import { createNothing } from './log-screen.ts';
import { Printout } from './printout.ts';
import { longestOutput } from './screen.ts';
import type { Screen, ScreenParts, Transcript } from './screen.ts';
import { listenToKeys } from './terminal-keyboard.ts';
import { createKeys } from './terminal-keys.ts';
import { readScreen } from './terminal-text.ts';
import { readTheme } from './terminal-theme.ts';

/** Whom a terminal tells. */
export interface TerminalOptions {
  /** The reader typed, pasted or pressed a key; absent: the program takes no input. */
  readonly onInput?: (text: string) => void;
  /** Another number of columns or rows fits now. */
  readonly onResize?: (size: TerminalSize) => void;
}

const [fewestRows, mostRows] = [6, 24];
const [fewestColumns, mostColumns] = [20, 160];
/** Part of the window's height that a terminal may take. */
const heightShare = 0.6;
/** Lines that scrolled away and are kept. */
const scrollback = 5000;
/** Characters that may wait to be drawn; of what comes meanwhile, only the end will be seen anyway. */
const mostPending = 1_000_000;

/**
 * Shows one run on a terminal. Without input it takes the place of a log, which has named it already. From the run's end on, what it shows is text of the page. */
export class TerminalScreen implements Screen {
  readonly #parts: ScreenParts;
  readonly #options: TerminalOptions;
  readonly #terminal: Terminal;
  readonly #element = document.createElement('div');
  readonly #frame = document.createElement('div');
  /** As tall as what was written; the terminal in it is taller. */
  readonly #view = document.createElement('div');
  readonly #printout = new Printout();
  readonly #formerLabel: string;
  readonly #connection = new AbortController();
  readonly #resizing = new ResizeObserver(() => this.#fit());
  #shownRows = 0;
  #pending = 0;
  /** What came while too much was pending. */
  #late = '';
  #isOver = false;
  #isDisposed = false;

  constructor(parts: ScreenParts, options: TerminalOptions = {}) {
    adoptStyles(xtermStyles);
    adoptStyles(styles);
    this.#parts = parts;
    this.#options = options;
    const { label, log, notice } = parts;
    this.#formerLabel = label.textContent;
    const face = getComputedStyle(log);
    const takesInput = options.onInput !== undefined;
    this.#terminal = new Terminal({
      convertEol: true,
      scrollback,
      disableStdin: !takesInput,
      screenReaderMode: true,
      minimumContrastRatio: 4.5,
      cursorStyle: 'bar',
      cursorWidth: 2,
      cursorInactiveStyle: takesInput ? 'outline' : 'none',
      fontFamily: face.fontFamily,
      fontSize: Number.parseFloat(face.fontSize),
      lineHeight: 1.3,
      fontWeightBold: 700,
      theme: readTheme(parts.region),
      rows: mostRows,
    });
    this.#element.className = 'plate-terminal';
    this.#element.role = 'group';
    this.#element.ariaLabel = 'Terminal';
    this.#frame.className = 'terminal-frame';
    this.#view.className = 'terminal-view';
    this.#frame.append(this.#view);
    this.#element.append(this.#frame);
    log.before(this.#element);
    log.hidden = true;
    notice.hidden = true;
    if (takesInput) label.textContent = 'Terminal';
    this.#open();
  }

  get size(): TerminalSize | undefined {
    const { cols: columns, rows } = this.#terminal;
    return this.#options.onInput ? { columns, rows } : undefined;
  }

  write(chunk: OutputChunk): void {
    if (this.#isOver) return;
    this.#printout.add(chunk);
    if (this.#late === '' && this.#pending < mostPending) return this.#send(chunk.text);
    this.#late += chunk.text;
    if (this.#late.length < 2 * longestOutput) return;
    const start = this.#late.length - longestOutput;
    this.#late = this.#late.slice(this.#late.indexOf('\n', start) + 1 || start);
    this.#parts.notice.hidden = false;
    this.#parts.notice.textContent =
      'Output cut: the program prints faster than the page can show, so some of it is left out.';
  }

  finish(toItsEnd: boolean): Transcript {
    this.#isOver = true;
    this.#terminal.options.disableStdin = true;
    this.#terminal.attachCustomKeyEventHandler(() => false);
    this.#send(this.#late);
    this.#late = '';
    // Written text is drawn later, in order.
    this.#terminal.write('', () => this.#settle(toItsEnd));
    return this.#printout.transcript();
  }

  focus(): void {
    if (this.#options.onInput && !this.#isOver) this.#terminal.focus();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#isOver = true;
    this.#connection.abort();
    this.#resizing.disconnect();
    this.#terminal.dispose();
    this.#element.remove();
    const { log, region } = this.#parts;
    log.hidden = false;
    region.style.minBlockSize = '';
  }

  #open(): void {
    const { onInput } = this.#options;
    const { signal } = this.#connection;
    // A link of a program's own would ask to open any address in a window: its text stays, it leads nowhere.
    this.#terminal.parser.registerOscHandler(8, () => true);
    this.#terminal.open(this.#view);
    this.#terminal.onData((text) => onInput?.(text));
    this.#terminal.onRender(() => this.#showRows());
    this.#terminal.onResize(({ cols: columns, rows }) => this.#options.onResize?.({ columns, rows }));
    const { textarea } = this.#terminal;
    if (textarea && onInput) {
      listenToKeys(this.#terminal, textarea, signal);
      textarea.ariaLabel = 'Terminal, input of the program';
      textarea.ariaDescription = 'Escape, then Tab leaves the terminal.';
      this.#element.append(
        createHint(),
        createKeys((text) => this.#press(text)),
      );
      textarea.addEventListener('focus', () => this.#showCursor(), { signal });
      visualViewport?.addEventListener('resize', () => this.#showCursor(), { signal });
    } else if (textarea) {
      textarea.tabIndex = -1;
      textarea.ariaHidden = 'true';
      this.#terminal.attachCustomKeyEventHandler(() => false);
      this.#frame.tabIndex = 0;
      this.#frame.role = 'region';
      this.#frame.ariaLabel = 'Output';
      this.#frame.addEventListener('keydown', (event) => this.#scroll(event), { signal });
    }
    const showTheme = () => (this.#terminal.options.theme = readTheme(this.#parts.region));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme, { signal });
    // Where the reader's choice of light or dark stands.
    const choice = new MutationObserver(showTheme);
    choice.observe(document.documentElement, { attributeFilter: ['style'] });
    signal.addEventListener('abort', () => choice.disconnect());
    this.#fit();
    this.#resizing.observe(this.#view);
    this.#showRows();
  }

  #send(text: string): void {
    this.#pending += text.length;
    this.#terminal.write(text, () => {
      this.#pending -= text.length;
      if (this.#late === '' || this.#pending > mostPending / 2) return;
      const late = this.#late;
      this.#late = '';
      this.#send(late);
    });
  }

  #press(text: string): void {
    this.#terminal.input(text);
    this.#terminal.focus();
  }

  #scroll(event: KeyboardEvent): void {
    const lines = { ArrowUp: -1, ArrowDown: 1, PageUp: -this.#shownRows, PageDown: this.#shownRows };
    const { key } = event;
    if (key === 'Home') this.#terminal.scrollToTop();
    else if (key === 'End') this.#terminal.scrollToBottom();
    else if (key in lines)
      this.#terminal.scrollLines(lines[key as keyof typeof lines]); // True: it is in them.
    else return;
    event.preventDefault();
  }

  /** Pixels of one character; undefined while nothing is laid out. */
  #cell(): { readonly width: number; readonly height: number } | undefined {
    const box = this.#view.querySelector('.xterm-screen')?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return undefined;
    return { width: box.width / this.#terminal.cols, height: box.height / this.#terminal.rows };
  }

  /** As many columns as there is room for. The rows stay: a keyboard that opens is no other terminal. */
  #fit(): void {
    const cell = this.#cell();
    if (!cell) return;
    const room = this.#view.clientWidth - Number.parseFloat(getComputedStyle(this.#view).paddingInlineEnd);
    const columns = between(fewestColumns, Math.floor(room / cell.width), mostColumns);
    if (columns === this.#terminal.cols && this.#shownRows > 0) return;
    const rows = between(fewestRows, Math.floor((innerHeight * heightShare) / cell.height), mostRows);
    this.#terminal.resize(columns, rows);
  }

  /** Shows the rows that were written to, and those alone: a terminal is tall from the beginning. */
  #showRows(): void {
    const { rows, buffer } = this.#terminal;
    const { baseY, cursorY, type } = buffer.active;
    let used = baseY > 0 || type === 'alternate' ? rows : cursorY + 1;
    while (used < rows && hasText(buffer.active, used, rows)) used += 1;
    const shown = between(fewestRows, Math.max(used, this.#shownRows), rows);
    const cell = this.#cell();
    if (!cell) return;
    this.#shownRows = shown;
    this.#view.style.blockSize = `${Math.ceil(shown * cell.height)}px`;
  }

  /** A keyboard on the screen must not cover the line that is typed. */
  #showCursor(): void {
    const { textarea } = this.#terminal;
    if (textarea && document.activeElement === textarea) textarea.scrollIntoView({ block: 'nearest' });
  }

  /** Leaves what the terminal shows as text: it can be read, found, selected and copied as such. */
  #settle(toItsEnd: boolean): void {
    if (this.#isDisposed) return;
    const { log, label } = this.#parts;
    const hadFocus = this.#element.contains(document.activeElement);
    const spans = readScreen(this.#terminal.buffer.active);
    if (spans.length === 0 && !toItsEnd) {
      label.textContent = this.#formerLabel;
    } else {
      const block = document.createElement('span');
      block.className = 'stream terminal-still';
      block.style.lineHeight = `${this.#cell()?.height ?? 20}px`;
      block.append(...spans.map(createText));
      // It was heard already.
      log.ariaLive = 'off';
      log.replaceChildren(spans.length > 0 ? block : createNothing());
      if (this.#options.onInput) label.textContent = 'Output';
    }
    this.dispose();
    log.scrollTop = log.scrollHeight;
    if (hadFocus) log.focus();
  }
}

function hasText(buffer: Terminal['buffer']['active'], from: number, to: number): boolean {
  for (let row = from; row < to; row += 1)
    if (
      buffer
        .getLine(buffer.baseY + row)
        ?.translateToString(true)
        .trim()
    )
      return true;
  return false;
}

function createHint(): HTMLElement {
  const hint = document.createElement('p');
  hint.className = 'terminal-hint';
  // Said by the description of the input already.
  hint.ariaHidden = 'true';
  const key = (name: string) => {
    const element = document.createElement('kbd');
    element.textContent = name;
    return element;
  };
  hint.append('Type here. ', key('Esc'), ', then ', key('Tab'), ' leaves.');
  return hint;
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
