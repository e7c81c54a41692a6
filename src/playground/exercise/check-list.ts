/** The checks of an exercise as a list: each with how it did, in a sign and a word. */
import type { CheckResult } from '../../checks/protocol.ts';
import { describeResult } from './report.ts';

type State = 'passed' | 'failed' | 'running' | 'open';

const words: Readonly<Record<State, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  running: 'Running',
  open: 'Not run',
};

/** Shows results as they come. A check that has none is shown too, so that the reader sees how many are left. */
export class CheckList {
  readonly #list: HTMLElement;
  readonly #names: readonly string[];
  #shown: readonly CheckResult[] = [];

  /** `list` is an empty list; `names` are those of all checks. */
  constructor(list: HTMLElement, names: readonly string[]) {
    this.#list = list;
    this.#names = names;
  }

  /** Shows these results, and which check runs. */
  show(results: readonly CheckResult[], running?: string): void {
    // A checked answer may say what it likes, also of checks that are not there.
    const names = [...results.map(({ name }) => name), ...this.#names.slice(results.length)];
    for (const [index, name] of names.entries()) {
      const result = results[index];
      const state = result ? (result.passed ? 'passed' : 'failed') : name === running ? 'running' : 'open';
      const item = this.#list.children[index];
      if (item instanceof HTMLElement && item.dataset['state'] === state && this.#shown[index] === result)
        continue;
      const next = createItem(name, state, result);
      if (item) item.replaceWith(next);
      else this.#list.append(next);
    }
    while (this.#list.children.length > names.length) this.#list.lastChild?.remove();
    this.#shown = [...results];
    this.#list.hidden = false;
  }

  /** Shows nothing again. */
  clear(): void {
    this.#list.replaceChildren();
    this.#list.hidden = true;
    this.#shown = [];
  }
}

function createItem(name: string, state: State, result: CheckResult | undefined): HTMLElement {
  const item = document.createElement('li');
  item.className = 'check';
  item.dataset['state'] = state;
  const title = textIn('p', 'check-name', name);
  title.append(' ', textIn('span', 'check-state', words[state]));
  item.append(title);
  if (!result || result.passed) return item;
  item.append(textIn('p', 'check-message', describeResult(result)));
  if (result.actual !== undefined && result.expected !== undefined) {
    const values = document.createElement('dl');
    values.className = 'check-values';
    for (const [what, value] of [
      ['Expected', result.expected],
      ['From your answer', result.actual],
    ] as const) {
      const definition = document.createElement('dd');
      definition.append(textIn('code', '', value));
      values.append(textIn('dt', '', what), definition);
    }
    item.append(values);
  }
  return item;
}

function textIn(tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}
