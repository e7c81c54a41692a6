/** The checks of an exercise as a list: each with how it did, in a sign and a word. */
import type { CheckResult } from '../../checks/protocol.ts';
import { make } from '../element.ts';
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
  const title = make('p', { class: 'check-name', text: name });
  title.append(' ', make('span', { class: 'check-state', text: words[state] }));
  const item = make('li', { class: 'check' }, title);
  item.dataset['state'] = state;
  if (!result || result.passed) return item;
  item.append(make('p', { class: 'check-message', text: describeResult(result) }));
  if (result.actual !== undefined && result.expected !== undefined) {
    const values = make('dl', { class: 'check-values' });
    for (const [what, value] of [
      ['Expected', result.expected],
      ['From your answer', result.actual],
    ] as const)
      values.append(make('dt', { text: what }), make('dd', {}, make('code', { text: value })));
    item.append(values);
  }
  return item;
}
