import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, readAddress, readTyped, resolveUrl } from './address.ts';

const base = 'http://localhost:3000/shop/list?page=2';

test('relative URLs, as a browser resolves them', () => {
  const expected = {
    item: 'http://localhost:3000/shop/item',
    '../a b': 'http://localhost:3000/a%20b',
    '?page=3': 'http://localhost:3000/shop/list?page=3',
    '#top': 'http://localhost:3000/shop/list?page=2#top',
    '//example.com/x': 'http://example.com/x',
    'mailto:a@b': 'mailto:a@b',
  };
  for (const [text, url] of Object.entries(expected)) assert.equal(resolveUrl(text, base), url, text);
  assert.equal(resolveUrl('http://[', base), undefined);
});

test('what scripts build of the origin and host of the sandbox', () => {
  const origin = 'null';
  const host = '';
  assert.equal(resolveUrl(`${origin}/api`, base), 'http://localhost:3000/api');
  assert.equal(resolveUrl(`ws://${host}/chat`, base), 'http://localhost:3000/chat');
  assert.equal(resolveUrl(`about://${host}`, base), 'http://localhost:3000/');
  assert.equal(resolveUrl(`http://${host}//evil.example/x`, base), 'http://localhost:3000/evil.example/x');
  assert.equal(resolveUrl('nullable/x', base), 'http://localhost:3000/shop/nullable/x');
});

test('an address is on this machine', () => {
  assert.deepEqual(readAddress('http://localhost:8080/a?b#c'), { port: 8080, path: '/a?b', hash: '#c' });
  assert.deepEqual(readAddress('ws://127.0.0.1:9/'), { port: 9, path: '/', hash: '' });
  assert.equal(readAddress('http://localhost/')?.port, 80);
  for (const outside of [
    'https://example.com/',
    'http://localhost.example.com:8080/',
    'http://localhost@example.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'nonsense',
  ])
    assert.equal(readAddress(outside), undefined, outside);
  assert.equal(formatAddress({ port: 80, path: '/', hash: '#x' }), 'http://localhost:80/#x');
});

test('what a reader types', () => {
  const typed = (text: string) => {
    const address = readTyped(text, 3000);
    return address && formatAddress(address);
  };
  assert.equal(typed('/a?b=c'), 'http://localhost:3000/a?b=c');
  assert.equal(typed('a'), 'http://localhost:3000/a');
  assert.equal(typed(''), 'http://localhost:3000/');
  assert.equal(typed('localhost:4000/x'), 'http://localhost:4000/x');
  assert.equal(typed('http://localhost:4000'), 'http://localhost:4000/');
  assert.equal(typed('//example.com/'), 'http://localhost:3000/example.com/');
  assert.equal(typed('https://example.com/'), undefined);
});
