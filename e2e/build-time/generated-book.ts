/** Books of any length, for measuring how their build grows. Every chapter has what chapters have: programs, an exercise, a quiz. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A part of this many chapters is about as long as those of a real book. */
const chaptersInPart = 10;
const programs = ['first', 'second', 'third', 'fourth'];
const paragraph =
  'A program waits for what is slow, and does something else meanwhile. What that means for the order of its lines is easy to ' +
  'say and hard to see, so this paragraph is followed by a program that shows it, and by the output that Node printed.';

/** Writes the content folder of a book with so many chapters. */
export async function generateBook(directory: string, chapterCount: number): Promise<void> {
  const numbers = Array.from({ length: chapterCount }, (_, index) => index + 1);
  const parts = Map.groupBy(numbers, partOf);
  const files = new Map<string, string>([
    ['book.json', JSON.stringify(identity)],
    ['packages/package.json', JSON.stringify({ dependencies: {} })],
    [
      'curriculum.json',
      JSON.stringify({
        parts: [...parts].map(([id, chapters]) => ({
          id,
          title: `Part ${id}`,
          chapters: chapters.map((number) => ({
            id: `chapter-${number}`,
            title: `Chapter ${number} of the generated book`,
            topics: ['one', 'two'].map((topic) => ({ id: topic, title: `Topic ${topic}` })),
          })),
        })),
      }),
    ],
    ...numbers.flatMap(chapterFiles),
  ]);
  for (const [name, text] of files) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

const identity = {
  title: 'A generated book',
  tagline: 'As long as you like',
  description: 'A book that was generated to see how long its build takes.',
  author: 'Nobody',
  language: 'en',
  license: { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
};

function partOf(number: number): string {
  return `part-${Math.ceil(number / chaptersInPart)}`;
}

function chapterFiles(number: number): [name: string, text: string][] {
  const part = partOf(number);
  const folder = `${part}/chapter-${number}`;
  const before = number > 1 ? `${partOf(number - 1)}/chapter-${number - 1}` : '';
  const text = `---
title: Chapter ${number} of the generated book
description: What chapter ${number} shows, in one sentence.
part: ${part}
topics: [one, two]
prerequisites: [${before}]
---

${paragraph}

## Topic one {/* #one */}

${programs.slice(0, 2).map(program).join('\n')}

## Topic two {/* #two */}

${programs.slice(2).map(program).join('\n')}

<Exercise name="add" title="Add two numbers">
Change the function so that it adds.

\`\`\`js
export const sum = (one, other) => one - other;
\`\`\`

<Hint>Look at the sign.</Hint>
<Solution>A plus adds.</Solution>
</Exercise>

<Quiz name="check-yourself">
1. Which number is even?

   - [ ] One

     One is odd.

   - [x] Two

     Two is even.
</Quiz>
`;
  const exercise = `${folder}/exercises/add`;
  return [
    [`${folder}/index.mdx`, text],
    ...programs.map((name): [string, string] => [
      `${folder}/outputs/${name}.txt`,
      `exit 0\n--- stdout\n${name} of ${number}\n`,
    ]),
    [`${exercise}/checks.mjs`, checks],
    [`${exercise}/solution/main.mjs`, 'export const sum = (one, other) => one + other;\n'],
    [
      `${exercise}/wrong/multiplies/main.mjs`,
      '// says: One and two are three.\nexport const sum = (one, other) => one * other;\n',
    ],
  ];
}

function program(name: string): string {
  return `${paragraph}

\`\`\`js program=${name} title="What is printed ${name}"
const words = ['${name}', 'of', 'them'];
for (const word of words) {
  setTimeout(() => console.log(\`\${word} after the text\`), word.length);
}
\`\`\`

${paragraph}
`;
}

const checks = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sum } from './main.mjs';

test('It adds', () => assert.equal(sum(1, 2), 3, 'One and two are three.'));
`;
