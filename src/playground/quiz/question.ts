/** One question of a quiz: its choices, and what is said of them. */
import { judge } from './judgement.ts';

/** A question on the page, as `Quiz.astro` wrote it. */
export class Question {
  readonly #root: HTMLElement;
  readonly #inputs: readonly HTMLInputElement[];
  /** Of each answer whether it is right. */
  readonly right: readonly boolean[];

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#inputs = [...root.querySelectorAll('input')];
    this.right = [...root.querySelectorAll<HTMLElement>('.quiz-answer')].map(
      ({ dataset }) => dataset['right'] === 'true',
    );
  }

  /** Indexes of the chosen answers. */
  get chosen(): readonly number[] {
    return this.#inputs.flatMap(({ checked }, index) => (checked ? [index] : []));
  }

  /** Whether this control is one of the question's. */
  has(control: HTMLElement): boolean {
    return this.#root.contains(control);
  }

  /** Says whether the choices are right, and why; false where nothing is chosen. */
  check(): boolean {
    if (this.chosen.length === 0) {
      this.#say('Choose an answer first.');
      return false;
    }
    this.show(this.chosen);
    this.#part('again').focus();
    return true;
  }

  /** Shows choices that were checked. */
  show(chosen: readonly number[]): void {
    for (const [index, input] of this.#inputs.entries()) input.checked = chosen.includes(index);
    const { isRight, sentence } = judge(this.right, chosen);
    this.#mark(isRight ? 'right' : 'wrong');
    this.#part('again').textContent = isRight ? 'Answer again' : 'Try again';
    this.#say(sentence);
  }

  /** Lets the reader choose anew. */
  ask(): void {
    this.#mark(undefined);
    this.#say('');
    for (const input of this.#inputs) input.checked = false;
  }

  /** Puts the focus on the first answer. */
  focus(): void {
    this.#inputs[0]?.focus();
  }

  #mark(verdict: 'right' | 'wrong' | undefined): void {
    if (verdict === undefined) delete this.#root.dataset['verdict'];
    else this.#root.dataset['verdict'] = verdict;
    for (const input of this.#inputs) input.disabled = verdict !== undefined;
    for (const details of this.#root.querySelectorAll('details')) details.open = verdict !== undefined;
    for (const [index, element] of this.#root.querySelectorAll('.quiz-verdict').entries()) {
      const isChosen = verdict !== undefined && this.#inputs[index]?.checked === true;
      element.textContent = `${this.right[index] === true ? 'Right' : 'Not right'}${isChosen ? ', your choice' : ''}`;
    }
    this.#part('check').hidden = verdict !== undefined;
    this.#part('again').hidden = verdict === undefined;
  }

  #say(sentence: string): void {
    this.#part('verdict').textContent = sentence;
  }

  #part(name: string): HTMLElement {
    const element = this.#root.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!element) throw new Error(`A question has no part named ${name}.`);
    return element;
  }
}
