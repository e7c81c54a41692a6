import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readReferences } from './references.ts';

suite('the references of a page', () => {
  test('are addresses in every place that loads or leads somewhere', () => {
    const { references } = readReferences(`<!doctype html><head><link rel="icon" href="/icon.svg">
      <meta property="og:image" content="https://example.org/a.png"><meta name="description" content="text">
      <body><a href="../b/#c">b</a><img src="d.png" srcset="e.png 1x, f.png 2x"><script src="g.js"></script>
      <noscript><a href="h/">h</a></noscript><template><img src="i.png"></template>
      <svg><use href="#j"></use></svg>`);
    assert.deepEqual(
      references.map(({ from, address }) => `${from} ${address}`),
      [
        'link[href] /icon.svg',
        'meta[content] https://example.org/a.png',
        'a[href] ../b/#c',
        'img[src] d.png',
        'img[srcset] e.png',
        'img[srcset] f.png',
        'script[src] g.js',
        'a[href] h/',
        'img[src] i.png',
        'use[href] #j',
      ],
    );
  });

  test('lead to ids, which one element has', () => {
    const { ids, repeated } = readReferences('<p id="a"></p><p id="b"></p><p id="a"></p>');
    assert.deepEqual([...ids], ['a', 'b']);
    assert.deepEqual(repeated, ['a']);
  });
});
