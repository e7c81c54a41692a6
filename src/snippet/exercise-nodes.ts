/** Exercises and quizzes as the compiled text has them: one component each, its parts in named slots. */
import type { MdastNode } from 'satteri';
import { languageOf, type Exercise, type ExerciseText } from './exercise.ts';
import type { QuizText } from './quiz.ts';
import type { Tag } from './tags.ts';

/** `<Exercise id>` with the slots `task`, `starter`, `hint-1` and on, `why` and `solution`. */
export function exerciseNode(text: ExerciseText, { solution, starter }: Exercise): Tag {
  // A file of the solution that equals the starter's is not shown again.
  const changed = Object.entries(solution).filter(([file, content]) => starter[file] !== content);
  return element('Exercise', { id: text.id }, [
    element('div', { slot: 'task' }, text.task),
    element(
      'div',
      { slot: 'starter' },
      text.code.map(({ node, file }) => code(file, node.value)),
    ),
    ...text.hints.map((hint, index) => element('div', { slot: `hint-${index + 1}` }, hint.children)),
    element('div', { slot: 'why' }, text.solutionText.children),
    element(
      'div',
      { slot: 'solution' },
      changed.map(([file, content]) => code(file, content.replace(/\n$/, ''))),
    ),
  ]);
}

/** `<Quiz id>` with the slots `question-1`, `answer-1-1`, `reason-1-1` and on. */
export function quizNode({ id, questions }: QuizText): Tag {
  return element(
    'Quiz',
    { id },
    questions.flatMap(({ prompt, options }, question) => [
      element('div', { slot: `question-${question + 1}` }, prompt),
      ...options.flatMap(({ text, explanation }, option) => {
        const number = `${question + 1}-${option + 1}`;
        return [
          element('span', { slot: `answer-${number}` }, text.children),
          element('div', { slot: `reason-${number}` }, explanation),
        ];
      }),
    ]),
  );
}

function code(file: string, value: string): MdastNode {
  return { type: 'code', lang: languageOf(file), meta: `file=${file}`, value };
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly Readonly<MdastNode>[],
): Tag {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      type: 'mdxJsxAttribute',
      name: key,
      value,
    })),
    // True: what stood in a tag, a list item or a paragraph may stand in an element.
    children: [...children] as Tag['children'],
  };
}
