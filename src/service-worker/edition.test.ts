import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isHashed, stemOf } from './edition.ts';

suite('the name of a file', () => {
  const lasting: readonly (readonly [path: string, stem: string])[] = [
    ['_astro/editor.DgyF753z.js', '_astro/editor.js'],
    [
      '_astro/Quiz.astro_astro_type_script_index_0_lang.D4e7n-i-.js',
      '_astro/Quiz.astro_astro_type_script_index_0_lang.js',
    ],
    ['_astro/picture.D5p_Php_.webp', '_astro/picture.webp'],
    ['engine/library.c08f32119e24.txt', 'engine/library.txt'],
    ['packages/zod.05fbb1ca538a.bin', 'packages/zod.bin'],
  ];
  for (const [path, stem] of lasting) {
    test(`says that ${path} never changes, and what it is in every edition`, () => {
      assert.equal(isHashed(path), true);
      assert.equal(stemOf(path), stem);
    });
  }

  for (const path of [
    '',
    'a-part/a-chapter/',
    'engine/manifest.json',
    'engine/frame.html',
    'favicon.svg',
    'pagefind/pagefind.js',
  ]) {
    test(`says that /${path} may change`, () => {
      assert.equal(isHashed(path), false);
      assert.equal(stemOf(path), path);
    });
  }
});
