/** An exercise → its task where it stands, and its hints and solution for the end of the chapter. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { select, selectAll } from 'hast-util-select';
import { toString } from 'hast-util-to-string';
import { plainFiles } from './program.ts';

/** What stands in the text, and what stands at the chapter's end. */
export interface Answered {
  readonly task: Element;
  readonly answer: Element;
}

/** `write` makes plain HTML of the author's. */
export function plainExercise(
  exercise: Element,
  write: (nodes: readonly ElementContent[]) => ElementContent[],
): Answered {
  const anchor = String(exercise.properties['id']);
  const title = toString(select('[data-part=exercise-title]', exercise) ?? exercise).trim();
  const starter = select('node-snippet', exercise);
  const hints = selectAll('[data-part=hint]', exercise);
  const solution = select('[data-part=solution]', exercise);
  const withoutSummary = (details: Element) =>
    details.children.filter((child) => child.type !== 'element' || child.tagName !== 'summary');
  // The files of the solution are shown with their names.
  const why = (solution ? withoutSummary(solution) : []).filter(
    (child) => child.type !== 'element' || !select('pre[data-file]', child),
  );
  return {
    task: h('section.exercise', { id: anchor }, [
      h('h3', title),
      ...write(select('.exercise-task', exercise)?.children ?? []),
      h('figure.program', [
        h('figcaption', h('strong', 'Start from')),
        ...(starter ? plainFiles(starter) : []),
      ]),
      h('p.see', [
        h('a', { href: `#${anchor}-solution` }, 'Hints and a solution'),
        ' stand at the end of the chapter.',
      ]),
    ]),
    answer: h('section.answer', { id: `${anchor}-solution` }, [
      h('h3', title),
      ...hints.flatMap((hint, index) => [
        h('p.label', `Hint ${index + 1} of ${hints.length}`),
        ...write(withoutSummary(hint)),
      ]),
      h('p.label', 'Solution'),
      ...write(why),
      h('figure.program', [
        h('figcaption', h('strong', 'One solution')),
        ...(solution ? plainFiles(solution) : []),
      ]),
      h('p.see', h('a', { href: `#${anchor}` }, 'Back to the exercise')),
    ]),
  };
}
