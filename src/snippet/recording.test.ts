import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseOutput, printOutput } from './recording.ts';
import { withoutInternals } from './run.ts';

suite('the recording of an output', () => {
  const texts: Readonly<Record<string, { text: string; stdout: string; stderr: string; exitCode: number }>> =
    {
      'with both streams': {
        text: 'exit 1\n--- stdout\none\ntwo\n--- stderr\nWarning\n',
        stdout: 'one\ntwo\n',
        stderr: 'Warning\n',
        exitCode: 1,
      },
      'with nothing printed': { text: 'exit 0\n', stdout: '', stderr: '', exitCode: 0 },
      'without a newline at the end': {
        text: 'exit 0\n--- stdout (no newline at the end)\nhalf a line\n',
        stdout: 'half a line',
        stderr: '',
        exitCode: 0,
      },
      'of an empty line and of none': {
        text: 'exit 0\n--- stdout\n\n--- stderr (no newline at the end)\n\nx\n',
        stdout: '\n',
        stderr: '\nx',
        exitCode: 0,
      },
      'of a program that prints recordings': {
        text: 'exit 0\n--- stdout\n\\--- stderr\n\\\\--- stdout\n--- other\n',
        stdout: '--- stderr\n\\--- stdout\n--- other\n',
        stderr: '',
        exitCode: 0,
      },
    };
  for (const [name, { text, ...recording }] of Object.entries(texts)) {
    test(`${name} is printed and read back`, () => {
      assert.equal(printOutput(recording), text);
      assert.deepEqual(parseOutput(text), recording);
    });
  }

  test('a text of another form is an error', () => {
    assert.throws(() => parseOutput('one\ntwo\n'), /begins with a line such as «exit 0», not with «one»/);
    assert.throws(() => parseOutput('exit 0\nnot a section\n'), /begins with a line/);
  });
});

suite('what depends on the version or the process', () => {
  test("Node's own stack frames are left out of stderr, the program's stay", () => {
    const stderr = [
      'Error: no',
      '    at file:///home/reader/main.mjs:4:7',
      '    at Socket.emit (node:events:508:28)',
      '    at async node:internal/modules/esm/loader:647:26',
      '    at async ModuleJob.run (node:internal/modules/esm/module_job:455:5) {',
      "  code: 'NO'",
      '}',
      '',
    ].join('\n');
    assert.equal(
      withoutInternals(stderr),
      "Error: no\n    at file:///home/reader/main.mjs:4:7 {\n  code: 'NO'\n}\n",
    );
  });

  test('the process id of a warning has a name', () => {
    assert.equal(withoutInternals('(node:4711) Warning: careful\n'), '(node:<pid>) Warning: careful\n');
  });
});
