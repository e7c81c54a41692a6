import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskFiles } from './disk-files.ts';

test('files end with one newline; an empty file stays empty', () => {
  assert.deepEqual(
    diskFiles({ 'main.mjs': 'run();', 'notes.txt': 'one\ntwo\n', 'blank.txt': '\n', 'empty.txt': '' }),
    { 'main.mjs': 'run();\n', 'notes.txt': 'one\ntwo\n', 'blank.txt': '\n', 'empty.txt': '' },
  );
});
