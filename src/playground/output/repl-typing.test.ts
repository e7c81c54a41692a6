import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ReplTyping } from './repl-typing.ts';

/** A session that notes what is typed. */
function open(lines: string) {
  const typed: string[] = [];
  const typing = new ReplTyping(lines, (text) => typed.push(text));
  return { typed, typing };
}

const banner = 'Welcome to Node.js v24.21.0.\nType ".help" for more information.\n';
const ask = '\x1b[1G\x1b[0J> \x1b[3G';

suite('ReplTyping', () => {
  test('types a line at each prompt', () => {
    const { typed, typing } = open('1 + 1\nf(\n2)\n');
    typing.read(banner);
    assert.deepEqual(typed, []);
    typing.read(ask);
    assert.deepEqual(typed, ['1 + 1\r']);
    typing.read('1 + 1');
    typing.read('\n\x1b[33m2\x1b[39m\n');
    typing.read(ask);
    assert.deepEqual(typed, ['1 + 1\r', 'f(\r']);
    typing.read('f(\n\x1b[1G\x1b[0J| \x1b[3G');
    assert.deepEqual(typed, ['1 + 1\r', 'f(\r', '2)\r']);
    typing.read(`2)\n${ask}`);
    assert.equal(typed.length, 3);
  });

  test('knows a prompt that comes in pieces, and the one of Node 22', () => {
    const { typed, typing } = open('a\nb');
    for (const piece of [banner.slice(0, -1), '\n\x1b[1', 'G\x1b[0J>', ' \x1b[3G']) typing.read(piece);
    assert.deepEqual(typed, ['a\r']);
    typing.read('a\n... ');
    assert.deepEqual(typed, ['a\r', 'b\r']);
  });

  test('an echo drawn anew is no prompt', () => {
    const { typed, typing } = open('1\n2');
    typing.read(banner + ask);
    typing.read('\x1b[1G\x1b[0J> 1\x1b[4G');
    typing.read('\x1b[1G\x1b[0J> \x1b[3G');
    assert.deepEqual(typed, ['1\r']);
  });

  test('an empty block types nothing', () => {
    const { typed, typing } = open('');
    typing.read(banner + ask);
    assert.deepEqual(typed, []);
  });
});
