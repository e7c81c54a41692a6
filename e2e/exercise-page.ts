/** A bare page with an exercise and a quiz, as the site writes them, and the embedded engine; nothing listens, all is routed. */
import type { BrowserContext, Page } from '@playwright/test';
import { routeBarePage } from './bare-page.ts';
import { bundlePage, pageStyle } from './bundle.ts';
import { ISOLATION } from './isolation.ts';
import { routePackages } from './package-routes.ts';

export const ADDRESS = 'http://localhost:4418/';

const STARTER = `export function add(one, other) {
  return one - other;
}
`;

/** A solution that the checks pass. */
export const SOLUTION = STARTER.replace('-', '+');

const CHECKS = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from './main.mjs';

test('Zero changes nothing', () => assert.equal(add(5, 0), 5, 'Five and zero are five.'));
test('Two numbers are added', () => assert.equal(add(1, 2), 3, 'One and two are three, <b>not</b> less.'));
test('Negative numbers too', () => {
  const sum = add(-1, -2);
  assert.ok(sum < 0);
  assert.equal(sum, -3);
});
`;

// The program is a text area here: its own element has tests of its own.
const SCRIPT = `
class Snippet extends HTMLElement {
  async program() {
    const { value } = this.querySelector('textarea');
    return { files: { 'main.mjs': value }, entry: 'main.mjs', args: [], env: {} };
  }
}
customElements.define('node-snippet', Snippet);
import './src/playground/exercise-element.ts';
import './src/playground/quiz-element.ts';
import { pageQueue } from './src/playground/run/page-engines.ts';
window.pageQueue = pageQueue;
`;

const hint = (number: number, text: string) => `
<details class="exercise-details exercise-hint" data-part="hint"><summary>Hint ${number} of 2</summary><div><p>${text}</p></div></details>`;

const exercise = `
<node-exercise class="exercise" id="exercise-add" data-exercise="a-part/a-chapter/add" data-packages="[]" data-checks="${Buffer.from(CHECKS).toString('base64')}">
  <h3 class="exercise-title"><span data-part="exercise-title">Add two numbers</span> <span class="exercise-passed" data-part="passed" hidden>Passed</span></h3>
  <div class="exercise-task"><p>Change the function so that it adds.</p></div>
  <node-snippet class="plate"><figure class="plate-frame" aria-label="Your answer">
    <figcaption class="plate-caption"><span class="plate-title">Your answer</span></figcaption>
    <textarea aria-label="main.mjs" rows="4" style="display: block; width: 100%; border: 0; font: inherit">${STARTER}</textarea>
  </figure></node-snippet>
  <div class="exercise-foot">
    <div class="exercise-checks" data-part="checks" role="group" aria-label="Checks of your answer">
      <div class="exercise-bar">
        <button type="button" class="plate-button exercise-check" data-part="check">Check my answer</button>
        <button type="button" class="plate-button plate-stop" data-part="stop-check" hidden>Stop</button>
        <span class="plate-progress">
          <span role="status" data-part="check-progress"></span>
          <span class="plate-elapsed" data-part="check-elapsed"></span>
          <button type="button" class="plate-link" data-part="check-offer" hidden></button>
        </span>
      </div>
      <p class="exercise-summary" data-part="summary" role="status"></p>
      <p class="exercise-problem" data-part="problem" role="status"></p>
      <ol class="check-list" data-part="results" aria-label="Checks" hidden></ol>
      <details class="check-printed" data-part="printed" hidden>
        <summary>What your answer printed</summary><pre data-part="printed-text" tabindex="0"></pre>
      </details>
    </div>
    ${hint(1, 'Look at the sign.')}${hint(2, 'Take the other sign.')}
    <details class="exercise-details" data-part="solution">
      <summary data-part="show-solution">Solution</summary>
      <div><p>Adding is done by a plus.</p></div>
      <div><pre class="code" data-file="main.mjs" tabindex="0"><code>${SOLUTION}</code></pre></div>
      <div class="exercise-difference" data-part="difference"></div>
    </details>
  </div>
</node-exercise>`;

interface Choice {
  readonly text: string;
  readonly isRight: boolean;
}

function question(
  number: number,
  type: 'radio' | 'checkbox',
  prompt: string,
  choices: readonly Choice[],
): string {
  const id = `quiz-check-yourself-${number}`;
  const answers = choices.map(
    ({ text, isRight }, index) => `
<li class="quiz-answer" data-right="${isRight}">
  <label class="quiz-choice"><input type="${type}" name="${id}" value="${index + 1}"><span>${text}</span></label>
  <details class="quiz-reason"><summary>Is it right?</summary><p class="quiz-verdict">${isRight ? 'Right' : 'Not right'}</p><div><p>Why ${text} is ${isRight ? 'right' : 'wrong'}.</p></div></details>
</li>`,
  );
  return `<li class="quiz-question"><fieldset aria-labelledby="${id}" aria-describedby="${id}-kind">
<div class="quiz-prompt" id="${id}"><p>${prompt}</p></div>
<p class="quiz-kind" id="${id}-kind">${type === 'radio' ? 'One answer is right.' : 'More than one answer is right.'}</p>
<ul class="quiz-answers">${answers.join('')}</ul>
<div class="quiz-bar"><button type="button" class="plate-button" data-part="check">Check</button>
<button type="button" class="plate-button" data-part="again" hidden>Try again</button>
<p class="quiz-result" data-part="verdict" role="status"></p></div></fieldset></li>`;
}

const quiz = `
<node-quiz class="quiz" id="quiz-check-yourself" data-quiz="a-part/a-chapter/check-yourself"><form method="dialog" autocomplete="off"><ol class="quiz-questions">
${question(1, 'radio', 'Which number is even?', [
  { text: 'one', isRight: false },
  { text: 'two', isRight: true },
])}
${question(2, 'checkbox', 'Which numbers are odd?', [
  { text: 'one', isRight: true },
  { text: 'two', isRight: false },
  { text: 'three', isRight: true },
])}
</ol></form><p class="exercise-problem" data-part="problem" role="status"></p></node-quiz>`;

const html = `<!doctype html><html lang="en" data-base="/" data-engines="embedded"><head><meta charset="utf-8"><title>Exercises</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 51rem; margin: 0 auto; padding: 1rem"><h1>A chapter</h1><h2>Exercise</h2>${exercise}
<h2>Check yourself</h2>${quiz}</main><script type="module" src="/page.js"></script></body></html>`;

let bundled: Promise<ReadonlyMap<string, string>> | undefined;

/** Routes the page in a context; `npm run engine` has to have been run. */
export async function routeExercisePage(context: BrowserContext): Promise<void> {
  bundled ??= bundlePage(SCRIPT);
  const page = { address: ADDRESS, html, scripts: await bundled, style: await pageStyle('exercise') };
  await routeBarePage(context, { ...page, headers: ISOLATION, folders: ['engine'] });
  await routePackages(context, ADDRESS);
}

/** Opens the page. */
export async function openExercisePage(context: BrowserContext): Promise<Page> {
  await routeExercisePage(context);
  const page = await context.newPage();
  await page.goto(ADDRESS);
  return page;
}
