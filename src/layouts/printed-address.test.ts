import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { printedAddress } from './printed-address.ts';

suite('an address on paper', () => {
  const addresses: readonly (readonly [href: string, printed: string | undefined])[] = [
    ['https://nodejs.org/', 'nodejs.org'],
    ['https://www.example.org/a/b/', 'example.org/a/b'],
    ['https://nodejs.org/api/fs.html#fsopenpath', 'nodejs.org/api/fs.html'],
    ['http://localhost:3000/search?q=a', 'localhost:3000/search?q=a'],
    ['/understanding-node/v8/', undefined],
    ['#exercise', undefined],
    ['mailto:someone@example.org', undefined],
  ];
  for (const [href, printed] of addresses)
    test(`${href} is ${printed ?? 'not printed'}`, () => assert.equal(printedAddress(href), printed));
});
