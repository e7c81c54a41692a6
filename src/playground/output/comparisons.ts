/** What a reader may compare: the output with the recording, the code with the original. One comparison is open at a time. */
import type { Printed, Expected } from './comparison.ts';
import type { ComparedText, ComparisonWords } from './comparison-pane.ts';
import type { EditableProgram } from '../store/program-edit.ts';

/** Where comparisons stand. */
export interface ComparisonsHost {
  /** Puts one on the page. */
  place(element: HTMLElement): void;
  /** The reader closed it: the focus needs another place. */
  onClose(): void;
  /** A sentence for the reader. */
  say(sentence: string): void;
}

/** Opens and closes the pane. Nothing rejects: that its code cannot be loaded is said. */
export class Comparisons {
  readonly #host: ComparisonsHost;
  #shown: HTMLElement | undefined;
  /** Counts what is asked for, so that what comes late is not shown. */
  #turn = 0;

  constructor(host: ComparisonsHost) {
    this.#host = host;
  }

  /** Shows in what a run's output is not the recorded one. */
  async showOutput({ stdout, stderr, both }: Printed, expected: Expected): Promise<void> {
    const isOne = both !== '';
    const texts = isOne
      ? [{ title: 'Output', before: expected.stdout + expected.stderr, after: stdout + stderr + both }]
      : [
          { title: 'Standard output', before: expected.stdout, after: stdout },
          { title: 'Standard error', before: expected.stderr, after: stderr },
        ];
    await this.#show(texts, {
      title: 'Recorded and printed here',
      removed: 'recorded',
      added: 'printed here',
    });
  }

  /** Shows in what the reader's files are not the author's. */
  async showCode(original: EditableProgram, current: EditableProgram): Promise<void> {
    const names = new Set([...Object.keys(original.files), ...Object.keys(current.files)]);
    const texts = [...names].map((title) => ({
      title,
      before: textOf(original, title),
      after: textOf(current, title),
    }));
    await this.#show(texts, { title: 'The original and yours', removed: 'original', added: 'yours' });
  }

  /** Takes the open one away, if any. */
  close(): void {
    this.#turn += 1;
    this.#shown?.remove();
    this.#shown = undefined;
  }

  async #show(texts: readonly ComparedText[], words: ComparisonWords): Promise<void> {
    await this.#load(texts, words).catch(() =>
      this.#host.say('The comparison could not be loaded. Check the connection and try again.'),
    );
  }

  async #load(texts: readonly ComparedText[], words: ComparisonWords): Promise<void> {
    const turn = ++this.#turn;
    const { ComparisonPane } = await import('./comparison-pane.ts');
    if (turn !== this.#turn) return;
    this.close();
    const { element } = new ComparisonPane(texts, words);
    element.addEventListener('close', () => {
      this.close();
      this.#host.onClose();
    });
    this.#shown = element;
    this.#host.place(element);
    element.focus();
  }
}

/** A file may be named as something that every object has. */
function textOf({ files }: EditableProgram, name: string): string {
  return (Object.hasOwn(files, name) ? files[name] : undefined) ?? '';
}
