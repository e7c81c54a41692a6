import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseFence, type Fence } from './fence.ts';

const place = { chapter: 'understanding-node/event-loop', line: 12 };

function fence(opening: string, code = '1'): Fence {
  const [language = '', ...rest] = opening.split(' ');
  return parseFence({ language, meta: rest.join(' '), code, place });
}

function program(opening: string, code?: string) {
  const result = fence(opening, code);
  assert.equal(result.kind, 'program');
  return result;
}

suite('the opening line of a fence', () => {
  test('a program with everything', () => {
    const { settings, ...rest } = program(
      'mts program=all title="Say \\"hi\\"" file=app.mts args="--port 80 \'two words\'" env="A=1 B=\'x y\'" ' +
        'stdin="one\\ntwo\\t\\\\\\n" packages="express zod" engine=embedded exit=3 varying server',
      'run()',
    );
    assert.deepEqual(rest, {
      kind: 'program',
      program: 'all',
      file: 'app.mts',
      isReadOnly: false,
      code: 'run()\n',
      settingKeys: ['args', 'env', 'stdin', 'packages', 'engine', 'exit', 'varying', 'server'],
      place,
    });
    assert.deepEqual(settings, {
      title: 'Say "hi"',
      args: ['--port', '80', 'two words'],
      env: { A: '1', B: 'x y' },
      stdin: 'one\ntwo\t\\\n',
      packages: ['express', 'zod'],
      engine: 'embedded',
      exitCode: 3,
      isVarying: true,
      isRepl: false,
      isServer: true,
    });
  });

  test('a file that stays as it is, with which the program need not begin', () => {
    const { isReadOnly, settingKeys } = program('mjs program=pair file=data.mjs readonly');
    assert.equal(isReadOnly, true);
    assert.deepEqual(settingKeys, []);
  });

  test('a program with as little as possible', () => {
    const { settings, file } = program('js program=small title=Small');
    assert.equal(file, 'main.mjs');
    assert.deepEqual(settings, {
      title: 'Small',
      args: [],
      env: {},
      packages: [],
      engine: 'any',
      isVarying: false,
      isRepl: false,
      isServer: false,
    });
  });

  for (const [language, file] of [
    ['js', 'main.mjs'],
    ['mjs', 'main.mjs'],
    ['cjs', 'main.cjs'],
    ['ts', 'main.ts'],
    ['mts', 'main.mts'],
  ]) {
    test(`${language} is kept in ${file} unless it says otherwise`, () => {
      assert.equal(program(`${language} program=x title=x`).file, file);
    });
  }

  test('another language is only shown, with a title if it likes', () => {
    assert.deepEqual(fence('sh'), { kind: 'shown', place });
    assert.deepEqual(fence('yaml title="A workflow" file=ci.yaml'), {
      kind: 'shown',
      place,
      title: 'A workflow',
      file: 'ci.yaml',
    });
  });

  test('another language joins a program by naming it', () => {
    assert.equal(program('json program=x file=package.json').file, 'package.json');
  });

  test('http joins a program as its requests, or as a file of it', () => {
    assert.deepEqual(fence('http program=x', 'GET /'), {
      kind: 'requests',
      program: 'x',
      code: 'GET /',
      place,
    });
    assert.equal(program('http program=x file=test.http').file, 'test.http');
    assert.deepEqual(fence('http'), { kind: 'shown', place });
  });

  test('repl makes a file that is typed', () => {
    const { file, settings, settingKeys } = program('js program=x title=x repl');
    assert.deepEqual([file, settings.isRepl, settingKeys], ['repl.js', true, ['repl']]);
  });

  test('an empty file stays empty', () => {
    assert.equal(program('js program=x title=x', '').code, '');
  });

  const mistakes: readonly (readonly [opening: string, message: RegExp])[] = [
    ['js', /Every js block runs, so it needs a name/],
    ['javascript program=x', /"javascript" is written "js"/],
    ['js program=One', /program=One is not a name/],
    [
      'js program=x tite="a"',
      /"tite" is not a known key\. Known keys: program, file, readonly, title, args, env, stdin, packages, engine, exit, varying, server, repl\./,
    ],
    ['js program=x title="a', /Cannot read «title="a»: is a quotation mark missing\?/],
    ['js program=x title="a"b', /is a quotation mark missing/],
    ['js program=x title=a title=b', /"title" is given twice/],
    ['js program=x title=""', /title="" is empty/],
    ['js program=x title="\\d"', /\\d is not known between quotation marks/],
    ['js program=x varying=yes', /"varying" takes no value/],
    ['js program=x args', /"args" needs a value/],
    ['js program=x args="a \'b"', /a quotation mark is not closed/],
    ['js program=x env="A"', /env: "A" is not NAME=value/],
    ['js program=x exit=256', /exit=256 is not an exit code/],
    ['js program=x engine=v8', /engine=v8 is unknown\. Known: embedded, webcontainer/],
    ['js program=x file=../x.mjs', /is not a path inside the program's folder/],
    ['json program=x', /A json block in a program needs file=<name>/],
    ['js program=x repl server', /"repl" and "server" do not go together/],
    ['js program=x repl stdin="1"', /"repl" and "stdin" do not go together/],
    ['js program=x repl file=x.js', /"repl" and "file" do not go together/],
    ['js program=x repl=1', /"repl" takes no value/],
    ['sh exit=1', /"exit" means something only in a program/],
    ['http program=x title=Notes', /The requests to a program take no "title", only program=<name>/],
  ];
  for (const [opening, message] of mistakes) {
    test(`a mistake: ${opening}`, () => {
      assert.throws(
        () => fence(opening),
        (error: Error) => {
          assert.match(error.message, message);
          assert.match(error.message, /^understanding-node\/event-loop\/index\.mdx:12: /);
          return true;
        },
      );
    });
  }
});
