import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ElementContent } from 'hast';
import { blockMeta, snippetTransformer } from './transformer.ts';

for (const [isReadOnly, properties] of [
  [false, { class: 'code', 'data-file': 'a/b.mjs' }],
  [true, { class: 'code', 'data-file': 'a/b.mjs', 'data-read-only': '' }],
] as const)
  test(`a block says its file's name${isReadOnly ? ', and that it is read only' : ''}`, () => {
    const pre = {
      type: 'element',
      tagName: 'pre',
      properties: { style: 'color: red' },
      children: [],
    } as const;
    const context = { options: { meta: { __raw: blockMeta('a/b.mjs', isReadOnly) } } };
    const node = structuredClone(pre);
    // All that it asks of the highlighter is the meta.
    Reflect.apply(snippetTransformer().pre ?? assert.fail, context, [node]);
    assert.deepEqual(node.properties, properties);
  });

/** The tokens of a line as pairs of colour and text, after the transformer has seen it. */
function transformed(tokens: readonly (readonly [color: string, text: string])[]): unknown[] {
  const children = tokens.map(([color, value]): ElementContent => ({
    type: 'element',
    tagName: 'span',
    properties: color === '' ? {} : { class: `code-${color}` },
    children: [{ type: 'text', value }],
  }));
  const line: { children: ElementContent[] } = { children };
  Reflect.apply(snippetTransformer().line ?? assert.fail, {}, [line]);
  return line.children.map((child) => {
    if (child.type === 'text') return child.value;
    assert.ok(child.type === 'element' && child.children[0]?.type === 'text');
    return [child.properties['class'], child.children[0].value];
  });
}

test('neighbours of one colour are one element, and the plain colour is none', () => {
  const tokens = [
    ['function', '  f'],
    ['punctuation', '(('],
    ['', 'a'],
    ['punctuation', ')'],
    ['', ' '],
    ['punctuation', '=> {})'],
    ['', ' b'],
    ['', '.c'],
  ] as const;
  assert.deepEqual(transformed(tokens), [
    ['code-function', '  f'],
    ['code-punctuation', '(('],
    'a',
    ['code-punctuation', ') => {})'],
    ' b.c',
  ]);
});

test('a line without text stays so', () => {
  assert.deepEqual(transformed([]), []);
  assert.deepEqual(transformed([['', '  ']]), ['  ']);
});

test('code has its size in columns and lines, the empty ones too', () => {
  const node = { type: 'element', tagName: 'code', properties: {}, children: [] };
  const context = { source: 'let answer = 42;\n\n// 42\n', lines: [{}, {}, {}, {}] };
  Reflect.apply(snippetTransformer().code ?? assert.fail, context, [node]);
  assert.deepEqual(node.properties, { style: 'contain-intrinsic-size:16ch 4lh' });
});
