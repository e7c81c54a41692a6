/** A comparison of two texts on the screen: signs, colours and, for screen readers, words. */
import differenceStyles from '../../styles/difference.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { make } from '../element.ts';
import type { DifferenceLine } from './difference.ts';

/** How the two texts are called, such as `recorded` and `printed here`, and what is in both. */
export interface DifferenceLabels {
  readonly removed: string;
  readonly added: string;
  readonly same: string;
}

/** Lines that are shown; a page with more of them is slow, and nobody reads it. */
const mostLines = 1000;

const signs = { same: ' ', removed: '−', added: '+' } as const;

/** The comparison as an element: a caption that explains the signs, and the lines. Texts go in as text. */
export function createDifferenceView(
  lines: readonly DifferenceLine[],
  labels: DifferenceLabels,
): HTMLElement {
  adoptStyles(differenceStyles);
  const caption = make('figcaption');
  const figure = make('figure', { class: 'difference' }, caption);
  if (lines.length === 0) {
    caption.textContent = 'No line differs.';
    return figure;
  }
  caption.append(explain('removed', labels), ' ', explain('added', labels));
  // Without its numbers it is no list to Safari. A long one scrolls, by keyboard too.
  const list = make('ol', {
    class: 'difference-lines',
    role: 'list',
    focusable: true,
    label: `Lines ${labels.removed} and ${labels.added}`,
  });
  const shown = lines.length > mostLines ? lines.slice(0, mostLines) : lines;
  list.append(...shown.map((line) => createLine(line, labels)));
  if (shown.length < lines.length)
    list.append(createGap(`${lines.length - shown.length} more lines are not shown`));
  figure.append(list);
  return figure;
}

function explain(kind: 'removed' | 'added', labels: DifferenceLabels): HTMLElement {
  const key = make(
    'span',
    { class: 'difference-key' },
    createSign(kind),
    make('span', { text: labels[kind] }),
  );
  key.dataset['kind'] = kind;
  return key;
}

function createLine(line: DifferenceLine, labels: DifferenceLabels): HTMLElement {
  if (line.kind === 'left-out')
    return createGap(line.count === 1 ? '1 equal line' : `${line.count} equal lines`);
  const item = make('li');
  item.dataset['kind'] = line.kind;
  const end = line.text.search(/[ \t]+$/);
  const [code, space] = end === -1 ? [line.text, ''] : [line.text.slice(0, end), line.text.slice(end)];
  const text = make('code', { text: code });
  item.append(
    createSign(line.kind),
    createHidden(`${labels[line.kind]}: ${line.text === '' ? 'an empty line' : ''}`),
    text,
  );
  if (space !== '' && line.kind !== 'same') {
    text.append(make('span', { class: 'difference-space', text: space }));
    const count = space.length === 1 ? '1 space' : `${space.length} spaces`;
    item.append(createHidden(` and ${count} at the end`));
  } else text.append(space);
  if (line.hasNoEnd)
    item.append(make('span', { class: 'difference-note', text: ' no line break at the end' }));
  return item;
}

function createGap(text: string): HTMLElement {
  const item = make('li', { text });
  item.dataset['kind'] = 'left-out';
  return item;
}

function createSign(kind: keyof typeof signs): HTMLElement {
  const sign = make('span', { class: 'difference-sign', text: signs[kind] });
  sign.ariaHidden = 'true';
  return sign;
}

/** For screen readers alone. */
function createHidden(text: string): HTMLElement {
  return make('span', { class: 'visually-hidden', text });
}
