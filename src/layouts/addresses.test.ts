import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { addressOf, imageOf, isListed } from './addresses.ts';

const published = { site: 'https://example.org', base: '/repo/' };

suite('the addresses of pages', () => {
  test('are absolute where the origin is known, and paths elsewhere', () => {
    assert.equal(addressOf(published, '/repo/engine/'), 'https://example.org/repo/engine/');
    assert.equal(addressOf({ site: undefined, base: '/' }, '/engine/'), '/engine/');
  });

  for (const [pathname, listed] of [
    ['/repo/', true],
    ['/repo', true],
    ['/repo/engine/', true],
    ['/repo/your-work/', false],
    ['/repo/search', false],
    ['/repo/404/', false],
    ['/repo/404.html', false],
    ['/repo/search-engines/ranking/', true],
  ] as const) {
    test(`${pathname} is ${listed ? '' : 'not '}for search engines`, () => {
      assert.equal(isListed(published, pathname), listed);
    });
  }

  for (const [pathname, image] of [
    ['/repo/', 'index'],
    ['/repo/part/chapter/', 'part/chapter'],
    ['/repo/search/', 'index'],
  ] as const) {
    test(`${pathname} has the image ${image}`, () => {
      assert.equal(imageOf(published, pathname), `https://example.org/repo/social/${image}.png`);
    });
  }

  test('there is no image without an origin', () => {
    assert.equal(imageOf({ site: undefined, base: '/' }, '/'), undefined);
  });
});
