import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readChapter } from '../chapter.ts';
import { bookOf, saidBy } from '../one-chapter.ts';
import { anatomy, countProse } from './anatomy.ts';

const program = (name: string) => `
\`\`\`js program=${name} title="A program"
console.log('${name}');
\`\`\`
`;
const withoutPrograms = (text: string) => text.replace(/```js program[^]*?```/g, '');
const paragraph = `${'One word after another tells the reader something. '.repeat(10)}\n`;
const whole = `---
topics: [topic]
published: 2026-01-31
---

${paragraph}

## A topic {/* #topic */}

${Array.from({ length: 12 }, () => paragraph).join('\n')}

${['one', 'two', 'three'].map(program).join('\nThen:\n')}

## Try it

1. Change something.

## Exercise

<Exercise name="task" title="A task">

Do it.

\`\`\`js
export const done = false;
\`\`\`

<Hint>

One step.

</Hint>

<Solution>

Why.

</Solution>

</Exercise>

## In production

- A fact.

## Check yourself

<Quiz name="check-yourself">

${['First?', 'Second?', 'Third?'].map((question, index) => `${index + 1}. ${question}\n\n   - [x] Yes.\n\n     Because.\n\n   - [ ] No.\n\n     Because.\n`).join('\n')}

</Quiz>

## Further reading

- [The same page](#topic)
`;

suite('the anatomy of a chapter', () => {
  test('is whole', () => {
    assert.deepEqual(saidBy(anatomy, whole), []);
  });

  const mistakes: readonly [name: string, edit: (text: string) => string, says: RegExp][] = [
    [
      'a topic without a section',
      (text) => withoutPrograms(text).replace(' {/* #topic */}', ''),
      /^The topic topic has no section/,
    ],
    ['a topic without a program', withoutPrograms, /^The topic topic has no program\.$/],
    [
      'a topic in a few words',
      (text) => text.replace(/(?<=#topic \*\/\}\n)[^]*?(?=```)/, '\nShort.\n\n'),
      /^The topic topic is explained in 3 words\.$/,
    ],
    ['too few programs', (text) => text.replace(/Then:\s+```js program=three[^]*?```/, ''), /^2 programs;/],
    ['no exercise', (text) => text.replace(/<Exercise[^]*<\/Exercise>/, ''), /^There is no exercise\.$/],
    ['no quiz', (text) => text.replace(/<Quiz[^]*<\/Quiz>/, ''), /^There is no quiz\.$/],
    [
      'a short quiz',
      (text) => text.replace(/3\. Third\?[^]*?(?=<\/Quiz>)/, ''),
      /has 2 questions, not 3 to 5/,
    ],
    ['no opening', (text) => text.replace(/(?<=---\n)\n[^]*?(?=## A topic)/, '\n'), /^Nothing stands before/],
    ['too few words', (text) => text.replaceAll(paragraph, 'Words. '.repeat(60)), /^\d+ words of prose;/],
    ['too many words', (text) => text.replaceAll(paragraph, paragraph.repeat(2)), /^\d+ words of prose;/],
    ['sections out of order', (text) => text.replace('## Try it', '## Trying'), /^After the topics come/],
    ['an empty section', (text) => text.replace('- A fact.', ''), /^"In production" has no text\.$/],
    ['topics of another list', (text) => text.replace('[topic]', '[other]'), /^topics: has to be/],
    [
      'a prerequisite that comes later',
      (text) => text.replace('topics:', 'prerequisites: [part/chapter-1]\ntopics:'),
      /^prerequisites: part\/chapter-1/,
    ],
  ];
  for (const [name, edit, says] of mistakes) {
    test(name, () => {
      const edited = edit(whole);
      assert.notEqual(edited, whole);
      const said = saidBy(anatomy, edited);
      assert.ok(
        said.some((message) => says.test(message)),
        said.join('\n'),
      );
    });
  }

  test('a part that has been begun is whole', () => {
    assert.deepEqual(saidBy(anatomy, whole, undefined), [
      'part/chapter-2 is not written, and its part "A part" has been begun.',
    ]);
  });

  test('words of code, exercises, quizzes, headings and links to read do not count', () => {
    const [place] = bookOf(whole).places;
    assert.ok(place);
    assert.equal(countProse(readChapter(whole, place, [])), 13 * 80 + 1 + 1 + 2 + 2);
  });
});
