/** The solution of an exercise: behind a question, and then beside what the reader has. */
import { makeButton } from '../element.ts';
import type { EditableProgram } from '../store/program-edit.ts';

/** What the solution is shown with. */
export interface SolutionOptions {
  /** The question before it; undefined where there is nothing left to ask. */
  ask(): string | undefined;
  /** The reader's program. */
  program(): Promise<EditableProgram>;
  /** The reader wanted to see it. */
  onSeen(): void;
}

/** Opens the details of the solution when the reader has said so. */
export class Solution {
  readonly #details: HTMLDetailsElement;
  readonly #summary: HTMLElement;
  readonly #comparison: HTMLElement;
  readonly #options: SolutionOptions;
  /** Text of each file that the solution changes, by name. */
  readonly #files: ReadonlyMap<string, string>;
  #question: HTMLElement | undefined;

  /** `comparison` stands in the details and is empty. */
  constructor(details: HTMLDetailsElement, comparison: HTMLElement, options: SolutionOptions) {
    const summary = details.querySelector('summary');
    if (!summary) throw new Error('The details of a solution have no summary.');
    this.#details = details;
    this.#summary = summary;
    this.#comparison = comparison;
    this.#options = options;
    this.#files = new Map(
      [...details.querySelectorAll<HTMLElement>('pre[data-file]')].map((pre) => [
        pre.dataset['file'] ?? '',
        pre.textContent,
      ]),
    );
  }

  /** The reader pressed its title: asks, opens or closes. */
  toggle(): void {
    const question = this.#options.ask();
    if (this.#details.open) this.#details.open = false;
    else if (question === undefined) this.#show();
    else if (this.#question) this.#withdraw();
    else this.#ask(question);
  }

  /** Takes the question away and closes the details. */
  dispose(): void {
    this.#question?.remove();
    this.#question = undefined;
    this.#comparison.replaceChildren();
    this.#details.open = false;
  }

  #ask(sentence: string): void {
    const question = document.createElement('div');
    question.className = 'exercise-question';
    question.role = 'group';
    const text = document.createElement('p');
    text.textContent = sentence;
    question.ariaLabel = sentence;
    const yes = makeButton('Show it', () => this.#show());
    const no = makeButton('Not yet', () => this.#withdraw());
    question.append(text, yes, no);
    question.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#withdraw();
    });
    this.#details.after(question);
    this.#question = question;
    yes.focus();
  }

  #withdraw(): void {
    this.#question?.remove();
    this.#question = undefined;
    this.#summary.focus();
  }

  #show(): void {
    this.#withdraw();
    this.#details.open = true;
    this.#options.onSeen();
    // Without it, the solution is still there.
    this.#compare().catch(() => {});
  }

  async #compare(): Promise<void> {
    const [{ files }, { differingLines }, { createDifferenceView }] = await Promise.all([
      this.#options.program(),
      import('../output/difference.ts'),
      import('../output/difference-view.ts'),
    ]);
    const parts: HTMLElement[] = [];
    for (const [name, solution] of this.#files) {
      const mine = trimEnd(files[name] ?? '');
      if (mine === trimEnd(solution)) continue;
      const heading = document.createElement('p');
      heading.className = 'exercise-label';
      heading.textContent = `From your ${name} to the solution`;
      const labels = { removed: 'only in your answer', added: 'only in the solution', same: 'in both' };
      parts.push(heading, createDifferenceView(differingLines(mine, trimEnd(solution)), labels));
    }
    if (parts.length === 0) {
      const same = document.createElement('p');
      same.className = 'exercise-label';
      same.textContent = 'Your answer is the same as this solution.';
      parts.push(same);
    }
    this.#comparison.replaceChildren(...parts);
  }
}

/** Line breaks at the end are no difference between answers. */
function trimEnd(text: string): string {
  return `${text.trimEnd()}\n`;
}
