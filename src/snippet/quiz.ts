/**
 * A quiz of a chapter, written as lists:
 *
 *     <Quiz name="…">
 *
 *     1. A question?
 *
 *        - [x] The right answer.
 *
 *          Why it is right.
 *
 *        - [ ] Another answer.
 *
 *          Why it is wrong.
 *
 *     </Quiz>
 *
 * More than one right answer makes a question of several choices.
 */
import type { MdastNode } from 'satteri';
import type { ChapterPlace } from './curriculum.ts';
import { SnippetError } from './snippet-error.ts';
import { findTags, placeOf, readAttributes, type Tag } from './tags.ts';

type List = Extract<MdastNode, { type: 'list' }>;
type Paragraph = Extract<MdastNode, { type: 'paragraph' }>;

/** An answer: its words, and why it is right or wrong. */
export interface QuizOption {
  readonly isRight: boolean;
  readonly text: Paragraph;
  readonly explanation: readonly Readonly<MdastNode>[];
}

/** A question with its answers, in the order of the text. */
export interface QuizQuestion {
  readonly kind: 'single' | 'multiple';
  readonly prompt: readonly Readonly<MdastNode>[];
  readonly options: readonly QuizOption[];
}

/** A quiz as its text says it; the nodes are those of the chapter's tree. */
export interface QuizText {
  /** `<part>/<chapter>/<name>`, unique among the chapter's quizzes. */
  readonly id: string;
  readonly tag: Tag;
  readonly questions: readonly QuizQuestion[];
}

/** What the page and its element need to know of a quiz: for each question its kind and which answers are right. */
export interface Quiz {
  readonly id: string;
  readonly questions: readonly { readonly kind: 'single' | 'multiple'; readonly right: readonly boolean[] }[];
}

const form =
  'A quiz is a numbered list of questions, each with a list of answers «- [x] right» and «- [ ] wrong».';

/** Reads the quizzes of a chapter's text. Throws a `SnippetError` at the first mistake. */
export function readQuizzes(tree: Readonly<MdastNode>, chapter: ChapterPlace): QuizText[] {
  const names = new Set<string>();
  return findTags(tree, 'Quiz').map((tag) => {
    const place = placeOf(tag, chapter.id);
    const { name } = readAttributes(tag, ['name'], place);
    if (names.has(name)) throw new SnippetError(place, `The chapter has two quizzes named "${name}".`);
    names.add(name);
    const [list, ...others] = tag.children as readonly MdastNode[];
    if (list?.type !== 'list' || !list.ordered || others.length > 0) throw new SnippetError(place, form);
    return { id: `${chapter.id}/${name}`, tag, questions: readQuestions(list, chapter.id) };
  });
}

/** The facts of a quiz without its text. */
export function summarizeQuiz({ id, questions }: QuizText): Quiz {
  return {
    id,
    questions: questions.map(({ kind, options }) => ({ kind, right: options.map(({ isRight }) => isRight) })),
  };
}

function readQuestions(list: List, chapter: string): QuizQuestion[] {
  return list.children.map((item, index) => {
    const place = placeOf(item, chapter);
    const fail = (problem: string): never => {
      throw new SnippetError(place, `Question ${index + 1} ${problem} ${form}`);
    };
    const answers = item.children.at(-1);
    const prompt = item.children.slice(0, -1);
    if (answers?.type !== 'list' || prompt.length === 0) return fail('needs a text and then its answers.');
    const options = answers.children.map((option): QuizOption => {
      const [text, ...explanation] = option.children;
      const at = placeOf(option, chapter);
      if (typeof option.checked !== 'boolean')
        throw new SnippetError(
          at,
          'An answer begins with [x] where it is right and with [ ] where it is wrong.',
        );
      if (text?.type !== 'paragraph' || explanation.length === 0)
        throw new SnippetError(
          at,
          'An answer needs a second paragraph, indented as the first: why it is right or wrong.',
        );
      return { isRight: option.checked, text, explanation };
    });
    const right = options.filter(({ isRight }) => isRight).length;
    if (options.length < 2) fail('needs at least two answers.');
    if (right === 0) fail('has no right answer.');
    return { kind: right > 1 ? 'multiple' : 'single', prompt, options };
  });
}
