/** Shows in what two versions of texts differ: what was printed and recorded, the reader's code and the original. */
import styles from '../../styles/comparison-pane.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { differingLines } from './difference.ts';
import { createDifferenceView } from './difference-view.ts';

/** A text in two versions. */
export interface ComparedText {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** What is compared, in words. */
export interface ComparisonWords {
  readonly title: string;
  /** Of a line that only the first version has. */
  readonly removed: string;
  /** Of a line that only the second version has. */
  readonly added: string;
}

/** A section that can be closed. */
export class ComparisonPane {
  readonly element = document.createElement('section');

  constructor(texts: readonly ComparedText[], { title, removed, added }: ComparisonWords) {
    adoptStyles(styles);
    this.element.className = 'comparison';
    this.element.ariaLabel = title;
    this.element.tabIndex = -1;
    const head = document.createElement('p');
    head.className = 'comparison-head';
    head.append(title);
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'plate-link';
    close.textContent = 'Close the comparison';
    close.addEventListener('click', () => this.element.dispatchEvent(new Event('close')));
    head.append(' ', close);
    this.element.append(head);
    const different = texts.filter(({ before, after }) => before !== after);
    for (const text of different) {
      const view = createDifferenceView(differingLines(text.before, text.after), {
        removed,
        added,
        same: 'the same',
      });
      if (texts.length === 1) this.element.append(view);
      else this.element.append(createName(text.title), view);
    }
    if (different.length === 0) this.element.append(createName('There is no difference.'));
  }
}

function createName(text: string): HTMLElement {
  const name = document.createElement('p');
  name.className = 'comparison-name';
  name.textContent = text;
  return name;
}
