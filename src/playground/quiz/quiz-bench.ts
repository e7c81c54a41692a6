/** What a quiz of the page does once the reader acts on it: says whether answers are right, and keeps them. */
import { KeptResult } from '../kept-result.ts';
import type { Late } from '../late-element.ts';
import type { KeptQuiz } from '../store/index.ts';
import { choicesOf, idsOf, judge } from './judgement.ts';
import { Question } from './question.ts';

/** A quiz at work. It finds its parts in the static HTML of `Quiz.astro`, and gives them back. */
export class QuizBench implements Late {
  readonly #connection = new AbortController();
  readonly #questions: readonly Question[];
  readonly #kept: KeptResult<'quizzes'>;
  /** Choices that were checked, by question. */
  readonly #checked = new Map<number, readonly number[]>();

  /** `root` holds the questions. */
  constructor(root: HTMLElement) {
    this.#questions = [...root.querySelectorAll<HTMLElement>('.quiz-question')].map(
      (element) => new Question(element),
    );
    this.#kept = new KeptResult(
      'quizzes',
      root.dataset['quiz'] ?? '',
      (kept) => this.#show(kept),
      this.#connection.signal,
    );
  }

  act(part: string, control: HTMLElement): void {
    const index = this.#questions.findIndex((question) => question.has(control));
    if (part !== 'check' && part !== 'again') return;
    void this.#kept.ready.then(() => {
      const question = this.#questions[index];
      if (!question || this.#connection.signal.aborted) return;
      if (part === 'again') {
        question.ask();
        question.focus();
      } else if (question.check()) {
        this.#checked.set(index, question.chosen);
        this.#keep();
      }
    });
  }

  dispose(): void {
    this.#connection.abort();
    for (const question of this.#questions) question.ask();
  }

  #keep(): void {
    const isPartial = this.#checked.size < this.#questions.length;
    const isRight = [...this.#checked].every(
      ([index, chosen]) => judge(this.#questions[index]?.right ?? [], chosen).isRight,
    );
    this.#kept.set({
      chosen: idsOf(this.#checked),
      isRight: isRight && !isPartial,
      ...(isPartial ? { isPartial } : {}),
    });
  }

  #show(kept: KeptQuiz | undefined): void {
    const choices = choicesOf(
      kept?.chosen ?? [],
      this.#questions.map(({ right }) => right),
    );
    const before = new Set(this.#checked.keys());
    this.#checked.clear();
    for (const [index, question] of this.#questions.entries()) {
      const chosen = choices.get(index);
      if (chosen) {
        this.#checked.set(index, chosen);
        question.show(chosen);
        // What is chosen and not yet checked stays.
      } else if (before.has(index)) question.ask();
    }
  }
}
