/** Where the standard input of a program comes from: the reader, while it runs, or a text. */

let fieldsOfPage = 0;

/** Tells of the text, or null for none. A text stays in its area while there is none, and comes back. */
export class StdinField {
  readonly element = document.createElement('fieldset');
  readonly #none: HTMLInputElement;
  readonly #some: HTMLInputElement;
  readonly #text = document.createElement('textarea');
  readonly #onValue: (stdin: string | null) => void;
  #known: string | null = null;

  constructor(onValue: (stdin: string | null) => void) {
    this.#onValue = onValue;
    const group = `stdin-field-${++fieldsOfPage}`;
    this.element.className = 'command-field';
    const legend = document.createElement('legend');
    legend.textContent = 'Standard input';
    const body = document.createElement('div');
    this.#none = choice(body, group, 'Typed while it runs');
    this.#some = choice(body, group, 'This text');
    this.#text.className = 'text-field';
    this.#text.ariaLabel = 'Text of the standard input';
    this.#text.spellcheck = false;
    this.#text.autocapitalize = 'none';
    body.append(this.#text);
    this.element.append(legend, body);
    body.addEventListener('change', () => this.#tell());
    this.#text.addEventListener('input', () => this.#tell());
    this.show(undefined);
  }

  /** Shows a text, or that there is none. */
  show(stdin: string | undefined): void {
    const known = stdin ?? null;
    if (known !== this.#known && known !== null) this.#text.value = known;
    this.#known = known;
    this.#none.checked = known === null;
    this.#some.checked = known !== null;
    this.#text.hidden = known === null;
  }

  /** Takes the text out: the next one is of another program. */
  clear(): void {
    this.#text.value = '';
    this.show(undefined);
  }

  #tell(): void {
    const stdin = this.#some.checked ? this.#text.value : null;
    this.#text.hidden = stdin === null;
    if (stdin === this.#known) return;
    this.#known = stdin;
    this.#onValue(stdin);
  }
}

function choice(body: HTMLElement, group: string, words: string): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = group;
  const label = document.createElement('label');
  label.className = 'command-choice';
  label.append(input, words);
  body.append(label);
  return input;
}
