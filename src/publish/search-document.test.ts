import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { searchDocument } from './search-document.ts';

const page = {
  language: 'en',
  metadata: { chapter: '4' },
  filters: { part: 'Part 1, "Node" & more' },
  topics: ['the-loop'],
};
const documentOf = (main: string) =>
  searchDocument(`<body><nav>Contents</nav><main id="main">${main}</main></body>`, page);
const bodyOf = (main: string) => /<body>(.*)<\/body>/s.exec(documentOf(main))?.[1];

const program = `<node-snippet id="program-two"><figure><figcaption><span data-part="title">Two &lt;lines&gt;</span></figcaption>
<pre class="code" tabindex="0"><code><span>if (a) {</span>
<span>  b();</span></code></pre><button>Run</button>
<p class="plate-label">Output</p><pre class="plate-log"><span>done</span></pre></figure></node-snippet>`;

suite('what the search index reads of a page', () => {
  test('is its text, with what results are shown and chosen by', () => {
    const html = documentOf('<h1>The loop</h1>');
    assert.match(html, /^<html lang="en">/);
    assert.match(html, /<meta data-pagefind-meta="chapter\[content\]" content="4">/);
    assert.match(
      html,
      /data-pagefind-filter="part\[content\]" content="Part 1, &quot;Node&quot; &amp; more"/,
    );
    assert.match(html, /<h1 data-pagefind-weight="10">The loop<\/h1>/);
    assert.doesNotMatch(html, /Contents/);
  });

  test('has topics above other headings', () => {
    assert.equal(
      bodyOf('<h2 id="the-loop">Loop </h2><p>A <em>turn</em>.</p><h3 id="more">More</h3>'),
      '<h2 id="the-loop" data-pagefind-weight="9">Loop</h2><div>A turn.</div><h3 id="more" data-pagefind-weight="6">More</h3>'
        .replace(/^/, '<div>')
        .replace(/$/, '</div>'),
    );
  });

  test('has programs below the text of their section, with their lines', () => {
    const body = bodyOf(`<h2 id="the-loop">Loop</h2><p>Before.</p>${program}<p>After.</p>`) ?? '';
    const [text, code] = body.split('<h4 id="program-two"');
    assert.match(text ?? '', /Before\..*After\./);
    assert.match(code ?? '', />Two &lt;lines&gt;<\/h4>/);
    assert.match(code ?? '', /if \(a\) \{ ␤␠␠ b\(\);/);
    assert.match(code ?? '', /data-pagefind-weight="0\.2">done</);
    assert.doesNotMatch(body, /Run|Output/);
  });

  test('has tasks of exercises, not their hints, and no quiz', () => {
    const body =
      bodyOf(
        `<node-exercise id="exercise-one"><h3><span data-part="exercise-title">One</span> <span hidden>Passed</span></h3><div class="exercise-task"><p>Do it.</p></div>${program}<div class="exercise-foot"><p>Checks</p></div></node-exercise><node-quiz><p>Why?</p></node-quiz><details>More</details>`,
      ) ?? '';
    assert.match(body, /<h3 id="exercise-one" data-pagefind-weight="6">One<\/h3>/);
    assert.match(body, /Do it\./);
    assert.match(body, /b\(\);/);
    assert.doesNotMatch(body, /Passed|Checks|Why|More|done|Two/);
  });

  test('takes the terms of a glossary for headings', () => {
    assert.match(
      bodyOf('<dl><dt id="tick">Tick</dt><dd>A turn.</dd></dl>') ?? '',
      /<h3 id="tick"[^>]*>Tick<\/h3>/,
    );
  });

  test('must be there', () => {
    assert.throws(() => searchDocument('<body><p>Text</p></body>', page), /no element with the id "main"/);
  });
});
