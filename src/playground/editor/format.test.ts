import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { format } from './format.ts';
import { parserFor } from './parsers.ts';

suite('formatting', () => {
  test('takes scripts and JSON', async (t: TestContext) => {
    t.assert.deepEqual(await format('main.js', 'const a="b"\nlet  c', 12), {
      text: "const a = 'b';\nlet c;\n",
      caret: 15,
    });
    t.assert.deepEqual(await format('main.mts', 'let a:number=1', 0), {
      text: 'let a: number = 1;\n',
      caret: 0,
    });
    t.assert.deepEqual(await format('package.json', '{"a":1}', 0), { text: '{ "a": 1 }\n', caret: 0 });
  });

  test('says where a syntax error is', async (t: TestContext) => {
    const formatted = await format('main.js', 'let a = 1;\nlet a b;', 0);
    t.assert.ok('problem' in formatted);
    t.assert.match(formatted.problem, /^Not formatted: line 2 has a syntax error\. /);
    t.assert.doesNotMatch(formatted.problem, /\n|\(\d/);
    t.assert.deepEqual([formatted.line, formatted.column], [2, 6]);
    const typed = await format('main.ts', 'let a: = 1;', 0);
    t.assert.ok('problem' in typed && typed.line === 1);
  });

  test('says which files it does not take', async (t: TestContext) => {
    t.assert.equal(parserFor('main.cjs'), 'babel');
    t.assert.equal(parserFor('data.bin'), undefined);
    t.assert.deepEqual(await format('data.bin', '', 0), {
      problem: 'Files such as data.bin cannot be formatted.',
    });
  });
});
