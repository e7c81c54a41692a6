import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseURL, updateURL } from './standard.ts';

/** Chromium's parser where it departs from the standard, on top of Node's own. */
class ChromiumURL extends URL {
  constructor(input: string | URL, base?: string | URL) {
    super(String(input).replace(/(?<=^http:\/\/[^/]*) /, ''), base);
    this.#writesSpace = /^http:\/\/[^/]* /.test(String(input));
  }
  readonly #writesSpace: boolean;

  override get hostname(): string {
    return this.#writesSpace ? `${super.hostname}%20` : super.hostname;
  }
}

const hrefOf = (input: string, base?: string): string => parseURL(URL, input, base).href;

test('a URL reads as in Node', () => {
  const inputs = [
    "http://us'er:p|w@h/a|b'c?d|e'f#g|h'i",
    "foo://h/a|b?c'd",
    "data:a\tb'c",
    'file://localhost/x',
    'file://host?q',
    'file:///C:/a',
    'http://h:80/%7C%27',
    "mailto:o'neil@h",
  ];
  for (const input of inputs) assert.equal(hrefOf(input), new URL(input).href, input);
  assert.equal(hrefOf("./x'y|z", "http://h/a'b/"), new URL("./x'y|z", "http://h/a'b/").href);
});

test('what is invalid throws', () => {
  for (const input of ['http://a|b/', 'foo://a|b/', 'nothing', 'http://'])
    assert.throws(() => parseURL(URL, input), TypeError, input);
  assert.throws(() => parseURL(ChromiumURL, 'http://a b/'), TypeError);
});

test('setting a part changes what it does in Node', () => {
  const sets = [
    ['search', '?'],
    ['search', "a'b|c"],
    ['hash', "x|'"],
    ['pathname', "/a|b'"],
    ['username', "u|'"],
    ['protocol', 'https'],
    ['protocol', 'foo'],
    ['hostname', 'a b'],
    ['port', '99'],
  ] as const;
  for (const start of ['http://u:p@h:81/p?q#f', 'foo://h/p'])
    for (const [part, value] of sets) {
      const expected = new URL(start);
      expected[part] = value;
      const updated = updateURL(URL, start, part, value)?.href ?? start;
      assert.equal(updated, expected.href, `${start} ${part} = ${value}`);
    }
});
