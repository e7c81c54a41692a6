import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieJar } from './cookie-jar.ts';

test('what is set comes back, for its path', () => {
  const jar = new CookieJar();
  jar.set('theme=dark', '/');
  jar.set('session=a=b; Path=/account; HttpOnly', '/login');
  assert.equal(jar.header('/'), 'theme=dark');
  assert.equal(jar.header('/account/orders?x'), 'session=a=b; theme=dark');
  assert.equal(jar.header('/accounts'), 'theme=dark');
  assert.equal(jar.forScript('/account'), 'theme=dark');
});

test('the path is the folder of the answer where none is given', () => {
  const jar = new CookieJar();
  jar.set('a=1; Path=nonsense', '/shop/cart?x=/y/z');
  assert.equal(jar.header('/shop/'), 'a=1');
  assert.equal(jar.header('/'), '');
});

test('they are replaced, end, and are taken back', () => {
  let now = 1000;
  const jar = new CookieJar(() => now);
  jar.set('a=1; Max-Age=10', '/');
  jar.set('a=2; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT', '/');
  jar.set('b=3; Expires=Thu, 01 Jan 1970 00:00:20 GMT', '/');
  assert.equal(jar.header('/'), 'a=2; b=3');
  now = 12_000;
  assert.equal(jar.header('/'), 'b=3');
  jar.set('b=; Max-Age=0', '/');
  assert.equal(jar.header('/'), '');
});

test('scripts neither see nor replace what is for HTTP alone', () => {
  const jar = new CookieJar();
  jar.set('session=1; HttpOnly', '/');
  jar.set('session=2', '/', true);
  jar.set('other=3; HttpOnly', '/', true);
  jar.set('mine=4', '/', true);
  assert.equal(jar.header('/'), 'session=1; mine=4');
});

test('nothing for other hosts, nothing endless, no line ends', () => {
  const jar = new CookieJar();
  jar.set('a=1; Domain=example.com', '/');
  jar.set(`b=${'x'.repeat(5000)}`, '/');
  jar.set('c=1\r\nX-Evil: 1', '/');
  jar.set(';;', '/');
  for (let count = 0; count < 200; count++) jar.set(`n${count}=1`, '/');
  assert.equal(jar.header('/').split('; ').length, 100);
  jar.set('__proto__=1; Domain=.localhost', '/');
  jar.set('n1=; Max-Age=0', '/');
  jar.set('__proto__=1; Domain=.localhost', '/');
  assert.match(jar.header('/'), /; __proto__=1$/);
});
