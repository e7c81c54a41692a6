/** A chapter that is still to be written, with one of everything that a chapter has. */
import { stringify } from 'yaml';
import type { ChapterPlace } from '../snippet/curriculum.ts';

/** Its files by their paths in the chapter's folder; `day` is the day on which it appears, such as `2026-01-31`. */
export function draftOf(place: ChapterPlace, day: string): Map<string, string> {
  return new Map([
    ['index.mdx', textOf(place, day)],
    ['exercises/double/checks.mjs', checks],
    ['exercises/double/solution/main.mjs', solution],
    ['exercises/double/wrong/adds-two/main.mjs', wrong],
  ]);
}

function textOf({ title, part, topics }: ChapterPlace, day: string): string {
  const front = stringify({
    title,
    description: 'What the reader can do after this chapter.',
    part: part.id,
    topics: topics.map(({ id }) => id),
    prerequisites: [],
    published: day,
  });
  const [first, ...others] = topics.map((topic) => `## ${plain(topic.title)} {/* #${topic.id} */}\n`);
  return `---
${front}---

{/* Two to four sentences: the problem, and what the reader will be able to do. */}

${first}
{/* The idea in plain words, then a program that shows it. */}

\`\`\`js program=first title="A first program"
console.log('It runs.');
\`\`\`

{/* What to notice in the output, how it goes wrong, and when not to use it. */}

${others.map((heading) => `${heading}\n{/* The idea in plain words, then a program that shows it. */}\n\n`).join('')}## Try it

{/* Two or three changes to a program above, each with a prediction to make first. */}

## Exercise

<Exercise name="double" title="Double a number">

Write \`double\`, which gives twice the number that it gets.

\`\`\`js
export function double(number) {}
\`\`\`

<Hint>

Multiply by two.

</Hint>

<Solution>

Twice a number is the number times two.

</Solution>

</Exercise>

## In production

{/* The facts that bite: limits, timeouts, defaults, security. */}

## Check yourself

<Quiz name="check-yourself">

1. What does \`double(4)\` give?

   - [x] 8

     Four times two.

   - [ ] 6

     That is four and two.

</Quiz>

## Further reading

{/* The pages of the documentation and the standards that matter. */}
`;
}

const checks = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { double } from './main.mjs';

test('Gives twice a number', () => assert.equal(double(4), 8, 'Twice four is eight.'));
`;

const solution = `export function double(number) {
  return number * 2;
}
`;

const wrong = `// says: Twice four is eight.
export function double(number) {
  return number + 2;
}
`;

/** A title as Markdown that shows it letter by letter. */
function plain(title: string): string {
  return title.replaceAll(/[\\`*_{}[\]<>#&]/g, String.raw`\$&`);
}
