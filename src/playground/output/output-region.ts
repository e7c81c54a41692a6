/** The output of a program: what was recorded, what a run prints, what was kept of the last one. */
import type { OutputChunk, Program, TerminalSize } from '../../engine/engine.ts';
import { LogScreen } from './log-screen.ts';
import { ReplTyping, replFile } from './repl-typing.ts';
import { isRepl, longestOutput, needsTerminal } from './screen.ts';
import type { Screen, ScreenParts, Transcript } from './screen.ts';
import type { KeptOutput } from '../store/kept.ts';
import { describeAge } from '../words.ts';
import type { Expected } from './comparison.ts';

/** Whom the region tells. */
export interface OutputHost {
  /** The reader typed. */
  onInput(text: string): void;
  /** The reader ended the input. */
  onInputEnd(): void;
  /** The reader wants the program to end. */
  onInterrupt(): void;
  /** The terminal has another size. */
  onResize(size: TerminalSize): void;
}

/** What takes input for a program without a terminal. */
interface InputField {
  focus(): void;
  dispose(): void;
}

/** Shows one output at a time. */
export class OutputRegion {
  readonly #parts: ScreenParts;
  readonly #host: OutputHost;
  readonly #recorded: { readonly label: string; readonly nodes: readonly Node[] };
  /** What real Node printed; undefined for a program without a recording. */
  readonly expected: Expected | undefined;
  #screen: Screen | undefined;
  #input: InputField | undefined;
  #typing: ReplTyping | undefined;
  #chunks: OutputChunk[] = [];
  #length = 0;
  #isOver = true;
  /** Counts what was shown, so that a screen that comes late knows that it is not wanted any more. */
  #turn = 0;

  constructor(parts: ScreenParts, host: OutputHost) {
    this.#parts = parts;
    this.#host = host;
    const { label, log } = parts;
    this.#recorded = { label: label.textContent, nodes: [...log.childNodes] };
    if (log.dataset['recorded'] === 'true')
      this.expected = {
        stdout: log.querySelector('[data-stream=stdout]')?.textContent ?? '',
        stderr: log.querySelector('[data-stream=stderr] > :last-child')?.textContent ?? '',
      };
  }

  /** What is shown, as far as a page shows it; pieces of one stream are joined. */
  get chunks(): readonly OutputChunk[] {
    return this.#chunks;
  }

  /** Whether what is shown is on a terminal. */
  get isTerminal(): boolean {
    return this.#screen !== undefined && !(this.#screen instanceof LogScreen);
  }

  /** Makes a screen for a run; resolves with the terminal that the program is to be given, if any. */
  async begin(program: Program): Promise<TerminalSize | undefined> {
    this.#drop();
    this.#isOver = false;
    const turn = this.#turn;
    const typed = isRepl(program.command) ? program.files[replFile] : undefined;
    if (typed !== undefined) this.#typing = new ReplTyping(typed, (text) => this.#host.onInput(text));
    if (!needsTerminal(program)) return this.#openLog().size;
    const screen = await this.#openTerminal(true);
    // Something else may be shown by now.
    if (turn === this.#turn) this.#screen = screen;
    else screen.dispose();
    return screen.size;
  }

  /** Takes a piece of output. */
  write(chunk: OutputChunk): void {
    this.#remember(chunk);
    this.#screen?.write(chunk);
    this.#typing?.read(chunk.text);
  }

  /** The program runs: a terminal takes the keyboard. */
  focus(): void {
    this.#screen?.focus();
  }

  /** Offers a field for input, where there is no terminal for it. */
  async takeInput(): Promise<void> {
    if (this.#input || this.#screen?.size || this.#isOver) return;
    const { InputLine } = await import('./input-line.ts');
    if (this.#input || this.#isOver) return;
    // It is not asked for by what stood there before.
    if (this.#chunks.length === 0) this.#showEmpty();
    this.#input = new InputLine(this.#parts.log, {
      onInput: (text) => {
        this.write({ stream: 'both', text });
        this.#host.onInput(text);
      },
      onEnd: () => this.#host.onInputEnd(),
      onInterrupt: () => this.#host.onInterrupt(),
    });
  }

  /** The run is over; says what it printed. `toItsEnd`: it was not stopped. */
  finish(toItsEnd: boolean): Transcript | undefined {
    this.#isOver = true;
    this.#input?.dispose();
    this.#input = undefined;
    return this.#screen?.finish(toItsEnd);
  }

  /** Shows again what an earlier visit printed; says what that was. */
  showKept({ chunks, at, isCut }: KeptOutput): Transcript {
    this.#drop();
    const screen = this.#openLog();
    for (const chunk of chunks) screen.write(chunk);
    const transcript = screen.finish(true);
    this.#chunks = [...chunks];
    this.#parts.label.textContent = `Output of your last run, ${describeAge(Date.now() - at)}${isCut ? ', its end' : ''}`;
    return { ...transcript, isCut: isCut || transcript.isCut };
  }

  /** Shows the recording. */
  showRecorded(): void {
    this.#drop();
    this.#parts.label.textContent = this.#recorded.label;
    this.#parts.log.replaceChildren(...this.#recorded.nodes);
    this.#parts.notice.hidden = true;
  }

  /** Lets go of the page. */
  dispose(): void {
    this.#drop();
  }

  #showEmpty(): void {
    this.#parts.label.textContent = 'Output';
    this.#parts.log.replaceChildren();
  }

  #remember({ stream, text }: OutputChunk): void {
    if (this.#length >= longestOutput) return;
    this.#length += text.length;
    const last = this.#chunks.at(-1);
    if (last?.stream === stream) this.#chunks[this.#chunks.length - 1] = { stream, text: last.text + text };
    else this.#chunks.push({ stream, text });
  }

  #drop(): void {
    this.#turn += 1;
    this.#isOver = true;
    this.#input?.dispose();
    this.#screen?.dispose();
    this.#input = this.#screen = this.#typing = undefined;
    this.#chunks = [];
    this.#length = 0;
  }

  #openLog(): Screen {
    const screen: Screen = new LogScreen(this.#parts, {
      // Where the terminal cannot be loaded, the log goes on as it can.
      onCursor: () => void this.#changeToTerminal(screen).catch(() => {}),
    });
    return (this.#screen = screen);
  }

  async #openTerminal(takesInput: boolean): Promise<Screen> {
    const { TerminalScreen } = await import('./terminal-screen.ts');
    return new TerminalScreen(this.#parts, takesInput ? this.#host : {});
  }

  /** What looked like lines moves the cursor: the same text, on a screen that can. */
  async #changeToTerminal(log: Screen): Promise<void> {
    const screen = await this.#openTerminal(false);
    if (this.#screen !== log) return screen.dispose();
    log.dispose();
    this.#screen = screen;
    for (const chunk of this.#chunks) screen.write(chunk);
    if (this.#isOver) screen.finish(true);
  }
}
