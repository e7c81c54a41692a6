import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideReal, callable, outcome } from './oracle.ts';
import { url } from './url.ts';

const { ours, real } = besideReal('url', url);

/** Calls both and compares the answers, the errors with their properties, and the components left behind. */
function agree(name: string, ...args: unknown[]): void {
  const ask = (binding: typeof ours): unknown => {
    const result = outcome(() => callable(binding, name)(...args));
    return [
      result,
      result !== null && typeof result === 'object' && 'value' in result && typeof result.value === 'string'
        ? binding['urlComponents']
        : null,
    ];
  };
  assert.deepEqual(ask(ours), ask(real), `${name} ${JSON.stringify(args)}`);
}

const hrefs = [
  'http://u:p@h.com:8080/p?q#f',
  'http://u@h/',
  'http://:p@h/',
  'HTTP://EXAMPLE.com:80/../a/./b/',
  'https://h?#',
  'https://h:443#x?y',
  'mailto:a@b',
  'mailto:a@b?subject=x#y',
  'file:///x',
  'file://host/x',
  'file:///C:/x',
  'data:text,x#y',
  'about:blank',
  'non-spec://host:1/x',
  'non-spec://host',
  'non-spec://host?x/y@z',
  'non-spec://u:p@host:1?a:b@c',
  'non-spec:/x',
  'non-spec:/..//x',
  'blob:https://a/b',
  'ws://[::1]:3/',
  'wss://[2001:db8::1]/x',
  'ftp://a/b',
  'http://ex%41mple.com/%7Efoo/%zz?%20 #%20 ',
  'http://中文.com/路径?查询#片段',
  'http://1.2.3/',
  'http://h/a@b:c?d@e',
  'javascript:alert(1)',
  'http://h/?a=\'"<>`',
  '  http://h/ \n',
];
const bad = ['', 'x', '//x', 'http://', 'http://a b/', 'http://h:99999/', 'http://[1', 'http://a%zz'];

test('parse: href and components', () => {
  for (const href of hrefs) agree('parse', href, undefined, true);
});

test('parse against a base', () => {
  for (const base of ['http://u:p@h:81/a/b?q#f', 'file:///a/b', 'non-spec:/a/b', 'mailto:x'])
    for (const input of ['', '.', '..', '/x', '//y/z', '?q', '#f', 'c/d?e', 'http:x', 'https://z', '\\x'])
      agree('parse', input, base, false);
});

test('parse: what is not a URL', () => {
  for (const input of bad)
    for (const raise of [true, false]) {
      agree('parse', input, undefined, raise);
      agree('parse', input, 'also bad', raise);
    }
  assert.throws(
    () => callable(ours, 'parse')('x', 'y', true),
    (error: unknown) =>
      error instanceof TypeError &&
      JSON.stringify(error) === '{"code":"ERR_INVALID_URL","input":"x","base":"y"}',
  );
});

test('canParse', () => {
  for (const input of [...hrefs, ...bad]) {
    agree('canParse', input);
    agree('canParse', input, 'http://h/');
    agree('canParse', input, 'bad');
  }
});

test('update of every part: where Node changes something, the same; else nothing', () => {
  const values = [
    '',
    'zz',
    '1',
    '8080',
    'a b',
    'ü.com',
    'x:y',
    'https',
    'ws:',
    '?q',
    '#f',
    '/p/../q',
    'h:9/x',
    'http://n/',
    '[::2]',
    '99999',
    'a@b',
    '\ud800',
    '80x',
  ];
  for (const href of hrefs.slice(0, 25))
    for (let action = 0; action < 10; action++)
      for (const value of values) {
        const normal = String(callable(real, 'parse')(href, undefined, true));
        const [ourAnswer, realAnswer] = [
          callable(ours, 'update')(normal, action, value),
          callable(real, 'update')(normal, action, value),
        ];
        const described = `update ${normal} ${action} ${value}`;
        if (action === 9) assert.equal(ourAnswer, realAnswer, described);
        else assert.equal(ourAnswer || normal, realAnswer || normal, described);
        if (ourAnswer !== false && realAnswer !== false)
          assert.deepEqual(ours['urlComponents'], real['urlComponents'], described);
      }
});

test('format, getOrigin', () => {
  const switches = [true, false];
  for (const href of [...hrefs, 'http://u:p@xn--fiq228c.com:81/p?q#f']) {
    const normal = callable(real, 'parse')(href, undefined, true);
    assert.equal(callable(ours, 'getOrigin')(normal), callable(real, 'getOrigin')(normal), href);
    for (const hash of switches)
      for (const unicode of switches)
        for (const search of switches)
          for (const auth of switches) {
            const [a, b] = [ours, real].map((binding) =>
              callable(binding, 'format')(normal, hash, unicode, search, auth),
            );
            assert.equal(a, b, `format ${String(normal)} ${hash} ${unicode} ${search} ${auth}`);
          }
  }
});

test('domainToASCII and domainToUnicode', () => {
  for (const domain of [
    'español.com',
    'xn--iñvalid',
    '',
    'a b',
    'http://x',
    '1.2.3',
    'faß.de',
    'xn--fa-hia.de',
    '中文.com',
    'a..b',
    '%41',
    '日本｡jp',
    'xn--0',
    '[::1]',
    '0x7f.1',
    'a/b',
    'a:80',
    'a@b',
    'XN--FIQ228C.com',
    '😀.de',
  ])
    for (const name of ['domainToASCII', 'domainToUnicode'])
      assert.equal(callable(ours, name)(domain), callable(real, name)(domain), `${name} ${domain}`);
});

test('pathToFileURL of every ASCII character, and more', () => {
  for (let code = 1; code < 128; code++) {
    agree('pathToFileURL', `/a${String.fromCharCode(code)}b`, false);
    agree('pathToFileURL', `C:\\a${String.fromCharCode(code)}b`, true);
  }
  for (const path of ['/', '/é/€/😀', '/a/../b/./c//d', '/\ud800']) agree('pathToFileURL', path, false);
  agree('pathToFileURL', '\\x\\y', true, 'host');
});
