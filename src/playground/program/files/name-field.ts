/** A name that is typed in place: Enter or leaving takes it, Escape lets it be. */

/** What is asked for, and who is told. */
export interface NameFieldOptions {
  /** What is typed here, for who cannot see where it stands. */
  readonly label: string;
  readonly value: string;
  /** How to end, in a sentence. */
  readonly hint: string;
  /** An example. */
  readonly placeholder: string;
  /** Why a name cannot be taken, as a sentence. */
  readonly check: (name: string) => string | undefined;
  /** Called once: with a new name that can be taken, or without; and whether the reader ended it by a key. */
  readonly onDone: (name: string | undefined, isByKey: boolean) => void;
}

/** The field, with a line for what is wrong. What cannot be taken stays, to be corrected. */
export class NameField {
  readonly element = document.createElement('form');
  /** What is wrong, or how to end. */
  readonly message = document.createElement('p');
  readonly #input = document.createElement('input');
  readonly #options: NameFieldOptions;
  #isDone = false;

  constructor(options: NameFieldOptions) {
    const { label, value, hint, placeholder } = options;
    this.#options = options;
    this.element.className = 'file-name-field';
    this.message.className = 'file-message';
    this.message.id = 'file-name-message';
    this.message.textContent = hint;
    this.message.ariaLive = 'polite';
    const input = this.#input;
    input.value = value;
    input.placeholder = placeholder;
    input.ariaLabel = label;
    input.spellcheck = false;
    input.autocapitalize = 'none';
    input.autocomplete = 'off';
    input.enterKeyHint = 'done';
    input.setAttribute('autocorrect', 'off');
    input.setAttribute('aria-describedby', this.message.id);
    this.element.append(input);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#take(true);
    });
    input.addEventListener('input', () => {
      if (input.ariaInvalid === 'true') this.#show(options.check(this.#name));
    });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      this.#end(undefined, true);
    });
    // Not where the whole window loses the focus.
    input.addEventListener('blur', () => document.hasFocus() && this.#take(false));
  }

  /** Puts the caret in, and selects the name without its extension. */
  focus(): void {
    this.#input.focus();
    const { value } = this.#input;
    const dot = value.lastIndexOf('.');
    this.#input.setSelectionRange(value.lastIndexOf('/') + 1, dot > 0 ? dot : value.length);
  }

  /** Takes it away without a name. */
  dispose(): void {
    this.#end(undefined, false);
  }

  get #name(): string {
    return this.#input.value.trim();
  }

  #take(isByKey: boolean): void {
    if (this.#isDone) return;
    const isUntouched = this.#name === this.#options.value || (this.#name === '' && !isByKey);
    if (isUntouched && this.#name !== '') return this.#end(undefined, isByKey);
    if (isUntouched) return isByKey ? this.#show(this.#options.check('')) : this.#end(undefined, false);
    const problem = this.#options.check(this.#name);
    if (problem === undefined) this.#end(this.#name, isByKey);
    else this.#show(problem);
  }

  #show(problem: string | undefined): void {
    this.#input.ariaInvalid = problem === undefined ? null : 'true';
    this.message.toggleAttribute('data-wrong', problem !== undefined);
    this.message.textContent = problem ?? this.#options.hint;
  }

  #end(name: string | undefined, isByKey: boolean): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#options.onDone(name, isByKey);
    this.element.remove();
    this.message.remove();
  }
}
