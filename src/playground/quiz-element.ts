/** `<node-quiz>`: a quiz before the reader acts on it. What it does then is in `quiz/quiz-bench.ts`. */
import { LateElement } from './late-element.ts';

/** A quiz of the page. */
export class NodeQuizElement extends LateElement {
  protected async load() {
    const { QuizBench } = await import('./quiz/quiz-bench.ts');
    return new QuizBench(this);
  }
}

customElements.define('node-quiz', NodeQuizElement);

declare global {
  interface HTMLElementTagNameMap {
    'node-quiz': NodeQuizElement;
  }
}
