import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineDiscipline } from './line-discipline.ts';

/** A terminal whose outlets write down what they were given. */
function terminal() {
  const given = { input: [] as string[], echo: '', ends: 0, signals: [] as number[] };
  const line = new LineDiscipline(
    { columns: 80, rows: 24 },
    {
      input: (text) => given.input.push(text),
      end: () => (given.ends += 1),
      echo: (text) => (given.echo += text),
      signal: (number) => given.signals.push(number),
    },
  );
  return { line, given };
}

test('a line is handed over at its end, and shown as it is typed', () => {
  const { line, given } = terminal();
  line.type('ab');
  assert.deepEqual(given.input, []);
  line.type('c\rd\ne\r\nf');
  assert.deepEqual(given.input, ['abc\n', 'd\n', 'e\n']);
  assert.equal(given.echo, 'abc\nd\ne\nf');
});

test('Backspace, Ctrl+W and Ctrl+U take back what is on the line, and no more', () => {
  const { line, given } = terminal();
  line.type('\x7fa😀\x7f\b\x7fone  two  \x17\x17x\x15\x15end\x01\x7f\r');
  assert.deepEqual(given.input, ['end\n']);
  const back = (count: number) => '\b \b'.repeat(count);
  assert.ok(given.echo.endsWith(`x${back(1)}end^A${back(2)}\n`));
});

test('Ctrl+D hands the line over, or is the end of the input', () => {
  const { line, given } = terminal();
  line.type('half\x04');
  assert.deepEqual([given.input, given.ends], [['half'], 0]);
  line.type('\x04');
  assert.deepEqual([given.input, given.ends, given.echo], [['half'], 1, 'half']);
});

test('Ctrl+C, Ctrl+\\ and Ctrl+Z are signals, and drop the line', () => {
  const { line, given } = terminal();
  line.type('gone\x03\x1c\x1akept\r');
  assert.deepEqual(given, { input: ['kept\n'], echo: 'gone^C^\\^Zkept\n', ends: 0, signals: [2, 3, 20] });
});

test('raw mode hands over every key, and what was typed of a line', () => {
  const { line, given } = terminal();
  line.type('be');
  line.mode = 'raw';
  line.type('\x03\r\x1b[A');
  assert.deepEqual(given.input, ['be', '\x03\r\x1b[A']);
  assert.deepEqual([given.echo, given.signals], ['be', []]);
  line.mode = 'normal';
  line.type('x\r');
  assert.equal(given.input.at(-1), 'x\n');
});

test('its size is what it was told last', () => {
  const { line } = terminal();
  line.resize({ columns: 100, rows: 40 });
  assert.deepEqual([line.columns, line.rows], [100, 40]);
});
