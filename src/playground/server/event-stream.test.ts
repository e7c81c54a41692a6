import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStreamParser } from './event-stream.ts';

const parse = (...pieces: string[]) => {
  const parser = new EventStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
};
const message = (data: string, id = '', type = 'message') => ({ type, data, id });

test('events are separated by empty lines, data lines are joined', () => {
  assert.deepEqual(parse('data: YHOO\ndata: +2\ndata: 10\n\ndata: b\n\n'), [
    message('YHOO\n+2\n10'),
    message('b'),
  ]);
});

test('comments, ids that stay, an id that is taken back, one space after the colon', () => {
  assert.deepEqual(parse(': hello\n\ndata: first\nid: 1\n\ndata:second\n\ndata:  third\nid\n\n'), [
    message('first', '1'),
    message('second', '1'),
    message(' third', ''),
  ]);
});

test('a field without a colon is empty, unknown fields are nothing, an unfinished event is none', () => {
  assert.deepEqual(parse('data\n\ndata\ndata\n\nfoo: bar\n\ndata: cut off'), [message(''), message('\n')]);
});

test('names, and names without data', () => {
  assert.deepEqual(parse('event: add\ndata: 1\n\nevent: lost\n\ndata: 2\n\n'), [
    message('1', '', 'add'),
    message('2'),
  ]);
});

test('all three line ends, wherever the pieces are cut, and a byte order mark at the beginning', () => {
  const text = '\uFEFFdata: a\r\ndata: b\rdata: c\n\r\ndata: \uFEFFd\r\r';
  const expected = [message('a\nb\nc'), message('\uFEFFd')];
  assert.deepEqual(parse(text), expected);
  assert.deepEqual(parse(...text.split('')), expected);
});

test('retry takes digits alone, an id no null', () => {
  const parser = new EventStreamParser();
  parser.push('retry: 1500\n\n');
  assert.equal(parser.retry, 1500);
  parser.push('retry: soon\nretry: -3\nretry:\n');
  assert.equal(parser.retry, 1500);
  assert.deepEqual(parser.push('id: 7\n\nid: a\0b\ndata: x\n\n'), [message('x', '7')]);
  assert.equal(parser.lastId, '7');
});

test('a line without an end fills no memory', () => {
  const parser = new EventStreamParser();
  const piece = 'x'.repeat(400_000);
  parser.push(`data: ${piece}`);
  for (let count = 0; count < 5; count++) parser.push(piece);
  assert.ok((parser.push('\n\n')[0]?.data.length ?? 0) <= 1_000_000);
});
