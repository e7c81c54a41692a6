import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MARKS, TerminalOutput } from './terminal-output.ts';

const DIRECTORY = '/home/reader/program-7';

/** Reads pieces, and joins the neighbours that belong to one stream. */
function read(...pieces: string[]): [stream: string, text: string][] {
  const terminal = new TerminalOutput(DIRECTORY);
  const chunks = [...pieces.flatMap((piece) => terminal.push(piece)), ...terminal.end()];
  const joined: [string, string][] = [];
  for (const { stream, text } of chunks) {
    const last = joined.at(-1);
    if (last?.[0] === stream) last[1] += text;
    else joined.push([stream, text]);
  }
  return joined;
}

describe('TerminalOutput', () => {
  it('says both while no mark has come', () => {
    assert.deepEqual(read('plain\r\n'), [['both', 'plain\n']]);
  });

  it('follows the marks', () => {
    const text = `${MARKS.stdout}out\r\n${MARKS.both}${MARKS.stderr}error\r\n${MARKS.both}child\r\n`;
    assert.deepEqual(read(text), [
      ['stdout', 'out\n'],
      ['stderr', 'error\n'],
      ['both', 'child\n'],
    ]);
  });

  it('reads the same however the text is cut', () => {
    const text = `${MARKS.stdout}at ${DIRECTORY}/main.mjs\r\n${MARKS.both}${MARKS.stderr}\x1b[31mred\x1b[0m\r\n`;
    const whole = read(text);
    assert.deepEqual(whole, [
      ['stdout', 'at /home/reader/main.mjs\n'],
      ['stderr', '\x1b[31mred\x1b[0m\n'],
    ]);
    for (let cut = 0; cut <= text.length; cut++) {
      assert.deepEqual(read(text.slice(0, cut), text.slice(cut)), whole);
    }
    assert.deepEqual(read(...text.split('')), whole);
  });

  it('gives at once what cannot be the beginning of anything', () => {
    const terminal = new TerminalOutput(DIRECTORY);
    assert.deepEqual(terminal.push('50 %'), [{ stream: 'both', text: '50 %' }]);
  });

  it('gives at the end what it held back', () => {
    assert.deepEqual(read('working\r'), [['both', 'working\r']]);
    assert.deepEqual(read('a path: /home'), [['both', 'a path: /home']]);
  });

  it('leaves the line ends that the program printed itself', () => {
    assert.deepEqual(read(`${MARKS.stdout}HTTP/1.1 200 OK\r\r\n`), [['stdout', 'HTTP/1.1 200 OK\r\n']]);
  });
});
