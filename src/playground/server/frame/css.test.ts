import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineCss } from './css.ts';

const base = 'http://localhost:1/styles/main.css';

/** Style sheets with each thing named after where it came from. */
function inline(css: string, things: Record<string, string> = {}) {
  const asked: string[] = [];
  const load = async (url: string) => {
    asked.push(url);
    const text = things[url];
    return text === undefined ? undefined : new Blob([text]);
  };
  return inlineCss(css, base, load, ({ size }) => `blob:${size}`).then((result) => ({ result, asked }));
}

test('images, fonts and imports are replaced, in order', async () => {
  const { result, asked } = await inline(
    `@import "base.css" screen;\na { background: url(../a.png) no-repeat, url('/b.png') }`,
    {
      'http://localhost:1/styles/base.css': 'b{src:url("c.woff2")}',
      'http://localhost:1/a.png': '1',
      'http://localhost:1/b.png': '22',
      'http://localhost:1/styles/c.woff2': '333',
    },
  );
  assert.equal(
    result,
    `@import url("blob:${'b{src:url("blob:3")}'.length}") screen;\na { background: url("blob:1") no-repeat, url("blob:2") }`,
  );
  assert.equal(asked.length, 4);
});

test('what is not there, data and fragments stay', async () => {
  const css = 'a { background: url(data:image/png;base64,x); fill: url(#x); cursor: url("gone.png") }';
  const { result, asked } = await inline(css);
  assert.equal(result, css);
  assert.deepEqual(asked, ['http://localhost:1/styles/gone.png']);
});

test('a style sheet that imports itself ends', async () => {
  const { asked } = await inline('@import url(main.css);', { [base]: '@import url(main.css);' });
  assert.ok(asked.length < 10);
});
