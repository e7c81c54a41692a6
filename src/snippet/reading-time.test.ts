import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readingMinutes } from './reading-time.ts';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
const fence = (lines: number) => `\n\n\`\`\`js\n${'run();\n\n'.repeat(lines)}\`\`\`\n\n`;

suite('the time that a chapter takes', () => {
  test('is a minute for 200 words, whatever their marks', () => {
    assert.equal(
      readingMinutes(`## ${words(100)}\n\n- **${words(400)}** and \`code\`\n\n| ${words(98)} |\n|-|\n`),
      3,
    );
  });

  test('is a minute for 30 lines of code, empty ones apart', () => {
    assert.equal(readingMinutes(`${words(200)}${fence(60)}`), 3);
  });

  test('is at least a minute', () => {
    assert.equal(readingMinutes('Short.'), 1);
  });

  const unread: readonly (readonly [name: string, source: string])[] = [
    [
      'the questions of a quiz',
      `<Quiz name="a">\n\n1. ${words(900)}\n\n   - [x] Yes.\n\n     Because.\n\n</Quiz>`,
    ],
    ['hints', `<Hint>\n\n${words(900)}\n\n</Hint>`],
    ['a solution', `<Solution>\n\n${words(900)}${fence(90)}</Solution>`],
    ['a drawing', `<figure><svg><text>${words(900)}</text></svg></figure>`],
    ['a comment', `{/* ${words(900)} */}`],
  ];
  for (const [name, source] of unread)
    test(`does not count ${name}`, () => assert.equal(readingMinutes(`${words(400)}\n\n${source}`), 2));

  test('counts the task of an exercise', () => {
    assert.equal(readingMinutes(`<Exercise name="a" title="b">\n\n${words(600)}\n\n</Exercise>`), 3);
  });
});
