import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { editAddress } from './edit-address.ts';

const path = 'content/part/chapter/index.mdx';

suite('the address that edits a chapter', () => {
  const repositories: readonly (readonly [repository: string | undefined, address: string | undefined])[] = [
    ['https://github.com/someone/book', `https://github.com/someone/book/edit/main/${path}`],
    ['https://gitlab.com/group/sub/book', `https://gitlab.com/group/sub/book/-/edit/main/${path}`],
    ['https://gitlab.example.org/book', `https://gitlab.example.org/book/-/edit/main/${path}`],
    ['https://code.example.org/someone/book', undefined],
    [undefined, undefined],
  ];
  for (const [repository, address] of repositories)
    test(`in ${repository ?? 'no repository'}`, () =>
      assert.equal(editAddress({ repository, branch: 'main' }, path), address));

  test('names a branch as an address does', () => {
    const repository = 'https://github.com/someone/book';
    assert.equal(
      editAddress({ repository, branch: 'second edition' }, path),
      `${repository}/edit/second%20edition/${path}`,
    );
  });

  for (const outside of ['../other/chapter/index.mdx', '/srv/book/chapter/index.mdx'])
    test(`is none for ${outside}`, () =>
      assert.equal(
        editAddress({ repository: 'https://github.com/someone/book', branch: 'main' }, outside),
        undefined,
      ));
});
