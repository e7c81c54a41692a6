import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoderOf, formatJson, isHtml, kindOfBytes, kindOfType, mediaType } from './body-kind.ts';

test('the type decides', () => {
  const kinds = {
    'application/json; charset=utf-8': 'json',
    'application/problem+json': 'json',
    'TEXT/HTML': 'text',
    'text/event-stream': 'events',
    'image/png': 'image',
    'image/svg+xml': 'image',
    'image/tiff': 'binary',
    'application/octet-stream': 'binary',
    'application/xhtml+xml': 'text',
    'application/x-www-form-urlencoded': 'text',
    '': undefined,
  };
  for (const [type, kind] of Object.entries(kinds)) assert.equal(kindOfType(type), kind, type);
  assert.ok(isHtml('Text/HTML;charset=x'));
  assert.ok(!isHtml('text/plain'));
  assert.equal(mediaType(' Text/HTML ; charset=x'), 'text/html');
});

test('without a type the bytes decide', () => {
  const encoder = new TextEncoder();
  assert.equal(kindOfBytes(encoder.encode('héllo')), 'text');
  assert.equal(kindOfBytes(encoder.encode('é').subarray(0, 1)), 'text', 'a character that is cut');
  assert.equal(kindOfBytes(encoder.encode('a\0b')), 'binary');
  assert.equal(kindOfBytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47)), 'binary');
});

test('a charset is heard, one that does not exist is UTF-8', () => {
  assert.equal(decoderOf('text/plain; charset=latin1').decode(Uint8Array.of(0xe9)), 'é');
  assert.equal(decoderOf('text/plain;charset="utf-16le"').decode(Uint8Array.of(0x61, 0)), 'a');
  assert.equal(decoderOf('text/plain; charset=nonsense').encoding, 'utf-8');
});

test('JSON is indented, and nothing else changes', () => {
  assert.equal(
    formatJson('{"a":1.0,"b":[1,2,{"c":"x, {\\"y\\": 1}"}],"e":{ },"f":[],"a":12345678901234567890}'),
    [
      '{',
      '  "a": 1.0,',
      '  "b": [',
      '    1,',
      '    2,',
      '    {',
      String.raw`      "c": "x, {\"y\": 1}"`,
      '    }',
      '  ],',
      '  "e": {},',
      '  "f": [],',
      '  "a": 12345678901234567890',
      '}',
    ].join('\n'),
  );
  assert.equal(formatJson(' "text" '), '"text"');
  assert.equal(formatJson('{"a":'), undefined);
});
