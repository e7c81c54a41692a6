import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideReal, outcome } from './oracle.ts';
import { lastGroupFirst, urlPattern } from './url_pattern.ts';

const { ours, real } = besideReal('url_pattern', urlPattern);
type PatternClass = new (...args: unknown[]) => {
  exec(input?: unknown): unknown;
  test(input?: unknown): boolean;
  readonly pathname: string;
  readonly hasRegExpGroups: boolean;
};
const classes = [ours, real].map((binding) => binding['URLPattern'] as PatternClass);

function agree(use: (Pattern: PatternClass) => unknown): void {
  const [a, b] = classes.map((Pattern) => outcome(() => use(Pattern)));
  assert.deepEqual(a, b, String(use));
}

test('patterns match, and say what they matched', () => {
  agree((Pattern) => new Pattern({ pathname: '/a/:b' }).exec('https://x/a/c'));
  agree((Pattern) => new Pattern({ pathname: '/a/:b' }).exec('https://x/b'));
  agree((Pattern) => new Pattern('/a', 'http://x').test('http://x/a'));
  agree((Pattern) => new Pattern({ pathname: '/A' }, { ignoreCase: true }).test('http://x/a'));
  agree((Pattern) => new Pattern().test());
  agree((Pattern) =>
    [new Pattern({ pathname: '/:id(\\d+)' })].map((pattern) => [pattern.pathname, pattern.hasRegExpGroups]),
  );
});

test('groups are listed from the last one to the first', () => {
  const part = { input: '/1/2', groups: { user: '1', post: '2' } };
  assert.deepEqual(Object.keys((lastGroupFirst(part) as typeof part).groups), ['post', 'user']);
  const pattern = new (classes[1] as PatternClass)({ pathname: '/:user/:post' });
  const found = pattern.exec('https://x/1/2') as { pathname: typeof part };
  assert.deepEqual(Object.keys(found.pathname.groups), ['post', 'user']);
  assert.equal(lastGroupFirst(undefined), undefined);
});

test('what is no pattern', () => {
  agree((Pattern) => new Pattern('('));
  agree((Pattern) => new Pattern({ pathname: '(' }));
  agree((Pattern) => new Pattern('/x'));
  agree((Pattern) => new Pattern(5));
  agree((Pattern) => new Pattern('http://a', 5));
  agree((Pattern) => new Pattern({}).exec(5));
});

test('the class shows its members as Node does', () => {
  const [a, b] = classes.map((Pattern) =>
    Object.entries(Object.getOwnPropertyDescriptors(Pattern.prototype))
      .filter(([, { enumerable }]) => enumerable)
      .map(([key]) => key)
      .toSorted(),
  );
  assert.deepEqual(a, b);
});
