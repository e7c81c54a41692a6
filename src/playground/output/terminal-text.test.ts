import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { suite, test } from 'node:test';
import type { Terminal as XtermTerminal } from '@xterm/xterm';
import { readScreen } from './terminal-text.ts';

// True: it is what the types describe; Node does not find the names of its exports by itself.
const { Terminal } = createRequire(import.meta.url)('@xterm/xterm') as {
  Terminal: typeof XtermTerminal;
};

/** What a terminal of 10 by 4 characters shows of a text. */
async function show(text: string) {
  const terminal = new Terminal({ cols: 10, rows: 4, convertEol: true });
  await new Promise<void>((done) => terminal.write(text, done));
  return readScreen(terminal.buffer.active);
}

suite('readScreen', () => {
  test('has the lines up to the last that shows something', async () => {
    assert.deepEqual(await show('one\n\n  two  \n\n'), [{ text: 'one\n\n  two\n', style: {} }]);
    assert.deepEqual(await show(''), []);
  });

  test('has what scrolled away', async () => {
    assert.deepEqual(await show('1\n2\n3\n4\n5\n6\n'), [{ text: '1\n2\n3\n4\n5\n6\n', style: {} }]);
  });

  test('shows what stands there in the end', async () => {
    assert.deepEqual(await show('10 %\r50 %\r100 %\nup\n\x1b[1Adown\n'), [
      { text: '100 %\ndown\n', style: {} },
    ]);
  });

  test('joins what was wrapped', async () => {
    assert.deepEqual(await show('1234567890123 5\nnext'), [{ text: '1234567890123 5\nnext\n', style: {} }]);
  });

  test('has colours and faces', async () => {
    assert.deepEqual(
      await show('\x1b[1;31mred\x1b[0m-\x1b[38;5;196;48;2;1;2;3mx\x1b[0m\n\x1b[2;3;4;7m y \x1b[0m'),
      [
        { text: 'red', style: { bold: true, foreground: 1 } },
        { text: '-', style: {} },
        { text: 'x', style: { foreground: 'rgb(255 0 0)', background: 'rgb(1 2 3)' } },
        { text: '\n', style: {} },
        { text: ' y ', style: { dim: true, italic: true, underline: true, inverse: true } },
        { text: '\n', style: {} },
      ],
    );
  });

  test('has wide characters once', async () => {
    assert.deepEqual(await show('日本 ok'), [{ text: '日本 ok\n', style: {} }]);
  });
});
