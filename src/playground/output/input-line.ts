/** A line to type, for a program that waits for input and has no terminal. */
import styles from '../../styles/input-line.css?inline';
import { adoptStyles } from '../adopt-styles.ts';

/** Whom the line tells. */
export interface InputLineOptions {
  /** What was sent, with its line end. Whoever owns the screen shows it there, as `both`: a program without a terminal has no echo. */
  readonly onInput: (text: string) => void;
  /** No more input comes. */
  readonly onEnd: () => void;
  /** The reader wants the program to stop. */
  readonly onInterrupt?: () => void;
}

/** A field with Send and End of input. It stays until it is disposed of, so that one can type ahead. */
export class InputLine {
  readonly #element = document.createElement('form');
  readonly #field = document.createElement('input');
  readonly #options: InputLineOptions;
  #isOver = false;

  /** Stands after `place`. */
  constructor(place: HTMLElement, options: InputLineOptions) {
    adoptStyles(styles);
    this.#options = options;
    this.#element.className = 'input-line';
    const label = document.createElement('label');
    label.textContent = 'The program waits for input';
    const field = this.#field;
    field.type = 'text';
    field.autocomplete = 'off';
    field.autocapitalize = 'off';
    field.spellcheck = false;
    field.enterKeyHint = 'send';
    field.setAttribute('autocorrect', 'off');
    field.ariaDescription = 'Enter sends the line, Control D ends the input, Control C stops the program.';
    label.append(field);
    const send = createButton('Send', 'submit');
    const end = createButton('End of input', 'button');
    end.addEventListener('click', () => this.#end());
    this.#element.append(label, send, end);
    this.#element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send('\n');
    });
    field.addEventListener('keydown', (event) => this.#press(event));
    field.addEventListener('paste', (event) => this.#paste(event));
    place.after(this.#element);
  }

  /** Puts the caret into the field. */
  focus(): void {
    this.#field.focus();
  }

  /** Takes the line away; what was not sent is lost. */
  dispose(): void {
    this.#isOver = true;
    this.#element.remove();
  }

  #send(lineEnd: string): void {
    if (this.#isOver) return;
    const text = this.#field.value + lineEnd;
    this.#field.value = '';
    this.#field.focus();
    if (text !== '') this.#options.onInput(text);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#send('');
    this.#isOver = true;
    this.#options.onEnd();
  }

  #press(event: KeyboardEvent): void {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const hasSelection = this.#field.selectionStart !== this.#field.selectionEnd;
    if (key === 'd') this.#end();
    // With a selection it copies, as ever.
    else if (key === 'c' && !hasSelection && this.#options.onInterrupt) this.#options.onInterrupt();
    else return;
    event.preventDefault();
  }

  /** Several lines are sent as if they were typed; the last stays, where it has no end. */
  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? '';
    const lastEnd = text.lastIndexOf('\n');
    if (lastEnd === -1) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = this.#field;
    const before = value.slice(0, selectionStart ?? value.length);
    const after = value.slice(selectionEnd ?? value.length);
    this.#field.value = text.slice(lastEnd + 1) + after;
    this.#options.onInput(before + text.slice(0, lastEnd + 1));
  }
}

function createButton(text: string, type: 'submit' | 'button'): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = type;
  button.className = 'plate-button';
  button.textContent = text;
  return button;
}
