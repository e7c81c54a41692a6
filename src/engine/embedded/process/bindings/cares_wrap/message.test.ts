import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeQuery, parseReply, recordTypes } from './message.ts';
import { resultOf } from './results.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test('a question on the wire', () => {
  assert.deepEqual(
    encodeQuery(0xabcd, 'a.example.', recordTypes.Mx),
    hex('abcd 0100 0001 0000 0000 0000 01 61 07 6578616d706c65 00 000f 0001'),
  );
});

for (const name of ['a..b', `${'x'.repeat(64)}.org`, 'y.'.repeat(200)]) {
  test(`no host is called ${name.slice(0, 20)}`, () => assert.equal(encodeQuery(1, name, 1), undefined));
}

/** A reply to a question for `x.org`, with records of the name that a pointer points at. */
const reply = (code: string, records: readonly string[]): Uint8Array =>
  hex(
    `0007 818${code} 0001 000${records.length} 0000 0000 01 78 03 6f7267 00 00ff 0001 ${records.join(' ')}`,
  );
const record = (type: string, data: string): string => {
  const size = (data.replaceAll(' ', '').length / 2).toString(16).padStart(4, '0');
  return `c00c ${type} 0001 0000003c ${size} ${data}`;
};

test('addresses with their times to live', () => {
  const parsed = parseReply(reply('0', [record('0001', '01020304'), record('0005', '0161c00c')]));
  assert.equal(parsed?.id, 7);
  assert.deepEqual(resultOf(recordTypes.A, parsed.answers), { result: ['1.2.3.4'], ttls: [60] });
});

test('every kind of record, in the order of Node', () => {
  const parsed = parseReply(
    reply('0', [
      record('0010', '03616263 0164'),
      record('000f', '000a 0161c00c'),
      record('0021', '0001 0002 0050 c00c'),
      record('0101', '80 05 6973737565 63612e6f7267'),
      record('0023', '0001 0002 0173 00 00 c00c'),
    ]),
  );
  assert.deepEqual(resultOf(recordTypes.Any, parsed?.answers ?? [])?.result, [
    { exchange: 'a.x.org', priority: 10, type: 'MX' },
    { entries: ['abc', 'd'], type: 'TXT' },
    { name: 'x.org', port: 80, priority: 1, weight: 2, type: 'SRV' },
    { flags: 's', service: '', regexp: '', replacement: 'x.org', order: 1, preference: 2, type: 'NAPTR' },
    { critical: 128, issue: 'ca.org', type: 'CAA' },
  ]);
});

test('a failure has a code and no answers', () => {
  const parsed = parseReply(reply('3', []));
  assert.deepEqual([parsed?.code, parsed?.answers], [3, []]);
  assert.equal(resultOf(recordTypes.A, []), undefined);
});

test('what is cut off, points at itself or asks is no reply', () => {
  const whole = reply('0', [record('0001', '01020304')]);
  for (const length of [0, 11, 20, whole.length - 1])
    assert.equal(parseReply(whole.subarray(0, length)), undefined);
  assert.equal(parseReply(hex('0007 8180 0001 0000 0000 0000 c00c 0001 0001')), undefined);
  assert.equal(parseReply(encodeQuery(7, 'x.org', 1) ?? new Uint8Array()), undefined);
});
