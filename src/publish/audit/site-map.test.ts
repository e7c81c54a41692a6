import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SiteMap } from './site-map.ts';

const site = new SiteMap({
  files: new Set(['index.html', '404.html', 'part/one/index.html', 'part/two/index.html', 'a b.css']),
  base: '/repo/',
  origin: 'https://example.org',
});

/** The file that an address leads to, or what is wrong with it. */
function follow(address: string, from = 'part/one/index.html'): string {
  const destination = site.follow(address, from);
  if (destination.kind === 'page') return `${destination.file}#${destination.fragment}`;
  return destination.kind === 'external' ? destination.url : destination.problem;
}

suite('addresses on a site under /repo/', () => {
  const right: readonly (readonly [address: string, leadsTo: string])[] = [
    ['/repo/', 'index.html#'],
    ['../two/', 'part/two/index.html#'],
    ['../two/#an%20id', 'part/two/index.html#an id'],
    ['#here', 'part/one/index.html#here'],
    ['/repo/a%20b.css', 'a b.css#'],
    ['https://example.org/repo/part/two/', 'part/two/index.html#'],
    ['https://nodejs.org/api/', 'https://nodejs.org/api/'],
    ['data:image/png;base64,', 'data:'],
  ];
  for (const [address, leadsTo] of right)
    test(`${address} leads to ${leadsTo}`, () => assert.equal(follow(address), leadsTo));

  const wrong: readonly (readonly [address: string, problem: RegExp])[] = [
    ['/repo/part/two', /slash/],
    ['/part/two/', /leaves the site/],
    ['../three/', /leads nowhere/],
    ['/repo/part/', /leads nowhere/],
    ['http://', /no address/],
    ['https://localhost/', /dot/],
    ['javascript:void 0', /begins with javascript:/],
    ['mailto:somebody', /mail/],
  ];
  for (const [address, problem] of wrong)
    test(`${address} is wrong`, () => assert.match(follow(address), problem));

  test('the page for what is not there may not lead anywhere by a path from itself', () => {
    assert.equal(follow('/repo/part/one/', '404.html'), 'part/one/index.html#');
    assert.match(follow('part/one/', '404.html'), /leads nowhere/);
  });
});
