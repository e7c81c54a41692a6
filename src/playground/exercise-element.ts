/** `<node-exercise>`: an exercise before the reader acts on it. What it does then is in `exercise/exercise-bench.ts`. */
import { LateElement } from './late-element.ts';

/** An exercise of the page. */
export class NodeExerciseElement extends LateElement {
  protected async load() {
    const { ExerciseBench } = await import('./exercise/exercise-bench.ts');
    return new ExerciseBench(this);
  }
}

customElements.define('node-exercise', NodeExerciseElement);

declare global {
  interface HTMLElementTagNameMap {
    'node-exercise': NodeExerciseElement;
  }
}
