import assert from 'node:assert/strict';
import { test } from 'node:test';
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
