import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentFor } from './preview-document.ts';

const show = (type: string, text: string) => documentFor(type, new TextEncoder().encode(text));

test('HTML is what it is, also without a type', () => {
  assert.equal(show('text/html; charset=utf-8', '<p>é'), '<p>é');
  assert.equal(show('', '<!DOCTYPE html><p>x'), '<!DOCTYPE html><p>x');
});

test('all else stands in a page, as text', () => {
  const script = '<script>alert(1)</script>';
  for (const type of ['text/plain', 'application/json', 'text/css', '']) {
    const html = show(type, script);
    assert.ok(html.includes('&lt;script>alert(1)&lt;/script>'), type);
    assert.ok(!html.includes(script), type);
  }
  assert.ok(show('application/json', '{"a":1}').includes('{\n  &quot;a&quot;: 1\n}'));
  assert.match(show('application/zip', 'abc'), /3 bytes of application\/zip/);
  assert.match(show('text/plain', ''), /no body/);
  assert.match(show('image/png', 'abc'), /<img alt="" src="data:image\/png;base64,YWJj">/);
});
