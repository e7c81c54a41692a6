import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { prefixed } from '../pdf/prefix.ts';
import { plainChapter, type PlainChapter } from './chapter.ts';

const place = {
  id: 'part/one',
  number: 1,
  title: 'One',
  part: { id: 'part', number: 1, title: 'Part' },
  topics: [],
};

function plain(html: string): PlainChapter {
  const { children } = fromHtml(html, { fragment: true });
  const text = h('div', children);
  return plainChapter({ place, title: 'One', description: '', text }, (address) =>
    address.startsWith('/') ? undefined : address,
  );
}

const printed = (content: readonly ElementContent[]) => toHtml([...content]);

suite('a chapter without a page around it', () => {
  test('has no buttons, no scripts, nothing hidden, and no links that lead nowhere', () => {
    const { content, sections } = plain(
      '<h2 id="topic">A topic <a aria-hidden="true" href="#topic">#</a></h2>' +
        '<p class="lead" onclick="x()">Text, <a href="/play/">a page</a>, <a href="../two/">a chapter</a>.</p>' +
        '<button>Press</button><script>run()</script><p hidden>Later</p>',
    );
    assert.equal(
      printed(content),
      '<h2 id="topic">A topic</h2><p>Text, a page, <a href="../two/">a chapter</a>.</p>',
    );
    assert.deepEqual(sections, [{ id: 'topic', title: 'A topic' }]);
  });

  test('has its programs with their output, in the form of a figure', () => {
    const { content } = plain(
      '<node-snippet data-snippet="part/one/first"><figure><figcaption><span data-part="title">First</span></figcaption>' +
        '<pre class="code" data-file="main.mjs"><code><span class="line"><span class="code-keyword">if</span> (a)</span>\n' +
        '<span class="line">  <span class="code-function">b</span>();</span></code></pre>' +
        '<pre data-part="log" data-recorded="true"><span data-stream="stdout">one\n</span>' +
        '<span data-stream="stderr"><span class="stream-label">stderr</span><span>two\n</span></span></pre>' +
        '<p data-part="result">Exited with code 1.</p></figure></node-snippet>',
    );
    assert.equal(
      printed(content),
      '<figure class="program" id="program-first" data-program="part/one/first"><figcaption><strong>First</strong></figcaption>' +
        '<p class="file"><code>main.mjs</code></p><pre class="code"><code>' +
        '<span class="line in-0"><span class="keyword">if</span> (a)</span>\n<span class="line in-2">  b();</span></code></pre>' +
        '<p class="label">Prints</p><pre class="output">one</pre>' +
        '<p class="label">Prints on <code>stderr</code></p><pre class="output">two</pre>' +
        '<p class="label">Exited with code 1.</p></figure>',
    );
  });

  test('has its drawings with values for the variables of the page', () => {
    const { content } = plain(
      '<svg viewBox="0 0 1 1" stroke="currentColor"><path stroke="var(--accent, currentColor)" marker-end="url(#arrow)"/>' +
        '<text font-family="var(--face-interface, sans-serif)">A</text></svg>',
    );
    const [picture] = content;
    assert.ok(picture);
    const html = printed([prefixed(picture, 'one-')]);
    assert.doesNotMatch(html, /var\(|currentColor/);
    assert.match(html, /stroke="#[0-9a-f]{6}" marker-end="url\(#one-arrow\)"/);
    assert.match(html, /font-family="sans-serif"/);
  });

  test('asks its questions in the text, and answers them at its end', () => {
    const { content } = plain(
      '<node-quiz id="quiz-check"><ol><li class="quiz-question"><div class="quiz-prompt"><p>Why?</p></div><p class="quiz-kind">One.</p>' +
        '<ul><li class="quiz-answer" data-right="true"><label class="quiz-choice"><input type="radio"><span>So</span></label>' +
        '<details class="quiz-reason"><summary>Is it right?</summary><p class="quiz-verdict">Right</p><div><p>Because.</p></div></details></li></ul>' +
        '</li></ol></node-quiz><h2 id="last">Last</h2>',
    );
    const html = printed(content);
    assert.doesNotMatch(html.slice(0, html.indexOf('<h2 id="last">')), /Because|Right/);
    assert.match(html, /<h2 id="last">[^]*<strong>Right: <\/strong><span>So<\/span><\/p><p>Because\.<\/p>/);
  });
});
