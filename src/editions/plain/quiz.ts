/** A quiz → its questions where it stands, and the answers with their reasons for the end of the chapter. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { select, selectAll } from 'hast-util-select';
import { toString } from 'hast-util-to-string';
import type { Answered } from './exercise.ts';

/** `write` makes plain HTML of the author's. */
export function plainQuiz(
  quiz: Element,
  write: (nodes: readonly ElementContent[]) => ElementContent[],
): Answered {
  const anchor = String(quiz.properties['id']);
  const questions = selectAll('.quiz-question', quiz);
  const inside = (parent: Element, selector: string) => write(select(selector, parent)?.children ?? []);
  return {
    task: h('section.quiz', { id: anchor }, [
      h(
        'ol',
        questions.map((question) =>
          h('li', [
            ...inside(question, '.quiz-prompt'),
            h('p.label', toString(select('.quiz-kind', question) ?? question)),
            h(
              'ol.choices',
              selectAll('.quiz-choice', question).map((choice) => h('li', write(choice.children))),
            ),
          ]),
        ),
      ),
      h('p.see', [
        h('a', { href: `#${anchor}-answers` }, 'The answers'),
        ' stand at the end of the chapter.',
      ]),
    ]),
    answer: h('section.answer', { id: `${anchor}-answers` }, [
      h('h3', 'Answers to the questions'),
      h(
        'ol',
        questions.map((question) =>
          h('li', [
            ...inside(question, '.quiz-prompt'),
            h(
              'ol.choices',
              selectAll('.quiz-answer', question).map((option) =>
                h('li', [
                  h('p', [
                    h('strong', option.properties['dataRight'] === 'true' ? 'Right: ' : 'Not right: '),
                    ...inside(option, '.quiz-choice'),
                  ]),
                  ...write(
                    (select('.quiz-reason', option)?.children ?? []).filter(
                      (child) => child.type === 'element' && child.tagName === 'div',
                    ),
                  ),
                ]),
              ),
            ),
          ]),
        ),
      ),
      h('p.see', h('a', { href: `#${anchor}` }, 'Back to the questions')),
    ]),
  };
}
