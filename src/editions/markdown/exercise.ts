/** An exercise in Markdown: task, starter, hints, and its solution under a heading. */
import type { Heading, RootContent } from 'mdast';
import type { MdastNode } from 'satteri';
import { languageOf, type Exercise, type ExerciseText } from '../../snippet/exercise.ts';
import { paragraph, strong } from './blocks.ts';
import { fileBlocks } from './program.ts';

/** `write` turns nodes of the chapter into Markdown's. */
export function exerciseBlocks(
  text: ExerciseText,
  { solution, starter }: Exercise,
  write: (nodes: readonly Readonly<MdastNode>[]) => RootContent[],
): RootContent[] {
  const changed = Object.entries(solution).filter(([file, content]) => starter[file] !== content);
  const heading: Heading = {
    type: 'heading',
    depth: 3,
    children: [{ type: 'text', value: text.title }],
    data: { anchor: `exercise-${text.name}` },
  };
  return [
    heading,
    ...write(text.task),
    ...fileBlocks(
      text.code.map(({ node, file }) => ({ file, lang: node.lang ?? '', code: node.value })),
      'Start from',
    ),
    ...text.hints.flatMap((hint, index) => [
      paragraph(strong(`Hint ${index + 1} of ${text.hints.length}`)),
      ...write(hint.children),
    ]),
    { type: 'heading', depth: 4, children: [{ type: 'text', value: 'Solution' }] },
    ...write(text.solutionText.children),
    ...fileBlocks(
      changed.map(([file, code]) => ({ file, lang: languageOf(file), code })),
      'One solution',
    ),
  ];
}
