import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { styleText } from 'node:util';
import { AnsiParser, stripAnsi } from './ansi.ts';

function parse(...chunks: string[]) {
  const parser = new AnsiParser();
  return chunks.flatMap((chunk) => parser.parse(chunk));
}

suite('AnsiParser', () => {
  test('leaves plain text alone', () => {
    assert.deepEqual(parse('one\n\ttwo\n'), [{ text: 'one\n\ttwo\n', style: {} }]);
  });

  test("reads what Node's styleText writes", () => {
    const styled = styleText(['bold', 'underline', 'red'], 'x', { validateStream: false });
    assert.deepEqual(parse(`${styled}y`), [
      { text: 'x', style: { bold: true, underline: true, foreground: 1 } },
      { text: 'y', style: {} },
    ]);
  });

  test('reads sequences that are split between chunks, at every place', () => {
    const text = 'a\x1b[1;38;5;196mb\x1b[0m\x1b]0;title\x07c\r\nd';
    const whole = parse(text);
    for (let at = 0; at <= text.length; at += 1) {
      const merged: { text: string; style: object }[] = [];
      for (const span of parse(text.slice(0, at), text.slice(at))) {
        const last = merged.at(-1);
        if (last && JSON.stringify(last.style) === JSON.stringify(span.style)) last.text += span.text;
        else merged.push({ ...span });
      }
      assert.deepEqual(merged, whole, `split at ${at}`);
    }
  });

  const colors = [
    ['31', { foreground: 1 }],
    ['97', { foreground: 15 }],
    ['44', { background: 4 }],
    ['103', { background: 11 }],
    ['38;5;9', { foreground: 9 }],
    ['38;5;196', { foreground: 'rgb(255 0 0)' }],
    ['48;5;244', { background: 'rgb(128 128 128)' }],
    ['38;2;1;20;300', { foreground: 'rgb(1 20 255)' }],
    ['38:2::1:2:3', { foreground: 'rgb(1 2 3)' }],
    ['38:2:1:2:3', { foreground: 'rgb(1 2 3)' }],
    ['38;5;9;1', { foreground: 9, bold: true }],
    ['2;3;7', { dim: true, italic: true, inverse: true }],
    ['1;2;22', {}],
    ['31;41;39;49', {}],
    ['1;31;', {}],
    ['99', {}],
  ] as const;
  for (const [parameters, style] of colors) {
    test(`SGR ${parameters}`, () => {
      assert.deepEqual(parse(`\x1b[${parameters}mx`), [{ text: 'x', style }]);
    });
  }

  test('drops every other sequence and control character', () => {
    const link = '\x1b]8;;https://example.org\x1b\\text\x1b]8;;\x1b\\';
    assert.equal(stripAnsi(`\x1b[2J\x1b[?25l\x1b[10;20H${link}\x07\b\x1bM\x1b(B!`), 'text!');
  });

  test('a carriage return ends a line once', () => {
    assert.equal(stripAnsi('a\r\nb\rc\n'), 'a\nb\nc\n');
  });

  suite('tells whether the cursor moves', () => {
    const movesCursor = (...chunks: string[]) => {
      const parser = new AnsiParser();
      for (const chunk of chunks) parser.parse(chunk);
      return parser.movesCursor;
    };
    for (const text of [
      'one\rtwo',
      '\r50 %',
      '\r\x1b[K50 %',
      '-\b\\',
      '\x1b[2J',
      '\x1b[3;4H',
      '\x1b[A',
      '\x1b[2K',
      '\x1b[?1049h',
      '\x1b7',
      '\x1bc',
      '\x1b[s',
    ])
      test(`${JSON.stringify(text)} moves it`, () => {
        assert.equal(movesCursor(text), true);
        for (let at = 1; at < text.length; at += 1)
          assert.equal(movesCursor(text.slice(0, at), text.slice(at)), true, `split at ${at}`);
      });
    for (const text of [
      'one\r\ntwo\r\n',
      'one\r\r\ntwo',
      'one\r',
      '\x1b[1;31mred\x1b[0m\x1b[K',
      '\x1b[?25l',
      '\x1b]0;title\x07',
      '\tone\n',
    ])
      test(`${JSON.stringify(text)} does not`, () => {
        assert.equal(movesCursor(text), false);
        for (let at = 1; at < text.length; at += 1)
          assert.equal(movesCursor(text.slice(0, at), text.slice(at)), false, `split at ${at}`);
      });
  });

  test('does not wait for ever for a sequence to end', () => {
    const parser = new AnsiParser();
    parser.parse('\x1b]');
    const spans = parser.parse('x'.repeat(10_000));
    assert.equal(spans.map((span) => span.text).join('').length > 9_000, true);
  });
});
