/**
 * `npm run html`: whether every page of the built site is valid HTML, and what the standard advises against. Exit code 1 where
 * one is not.
 *
 *     node src/publish/audit/html.ts [folder of the site]
 */
import { HtmlValidate, StaticConfigLoader, type ConfigData } from 'html-validate';
import { fromHtml } from 'hast-util-from-html';
import { readPages } from './pages.ts';

/** Every preset that is about validity or accessibility, but for what is right here. */
const rules: ConfigData = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:standard', 'html-validate:a11y'],
  rules: {
    // A matter of taste: both are HTML, and Astro and the frames write it differently.
    'doctype-style': 'off',
    // What a program printed may end a line with spaces, and is shown as it was printed.
    'no-trailing-whitespace': 'off',
    // Several boxes of one question have one name: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#entry-list
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    // The prompt of a question may hold code, which a legend may not: aria-labelledby names the fieldset.
    'wcag/h71': 'off',
    // The form of a quiz keeps browsers from bringing back old choices; it is sent nowhere.
    'wcag/h32': 'off',
    // Each list of contents is there for wide pages and for narrow ones, and only one of the two is shown; axe looks at that.
    'unique-landmark': 'off',
    // The size that the code of a program has before it is laid out differs from program to program.
    'no-inline-style': ['error', { allowedProperties: ['display', 'contain-intrinsic-size'] }],
  },
};

/** A mistake in a page. */
interface Mistake {
  readonly line: number;
  readonly words: string;
}

const directory = process.argv[2] ?? 'dist';
const validator = new HtmlValidate(new StaticConfigLoader(rules));
let mistakes = 0;
let pages = 0;
for await (const { file, html } of readPages(directory)) {
  pages += 1;
  const found = [...(await invalid(file, html)), ...parseErrors(html), ...afterEnd(html)];
  for (const { line, words } of found) console.log(`${directory}/${file}:${line} ${words}`);
  mistakes += found.length;
}
console.log(`${pages} pages, ${mistakes === 0 ? 'all valid' : `${mistakes} mistakes`}.`);
if (mistakes > 0) process.exitCode = 1;

async function invalid(file: string, html: string): Promise<Mistake[]> {
  const { results } = await validator.validateString(html, file);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, message, ruleId, selector }) => ({
      line,
      words: `${message} (${ruleId})${selector === null ? '' : ` at ${selector}`}`,
    })),
  );
}

/** What the parser of the HTML standard finds wrong. */
function parseErrors(html: string): Mistake[] {
  const found: Mistake[] = [];
  fromHtml(html, {
    onerror: ({ line = 0, reason, ruleId }) => void found.push({ line, words: `${reason} (${ruleId})` }),
  });
  return found;
}

/** Browsers move into the body what stands after the end of the page, and say nothing. */
function afterEnd(html: string): Mistake[] {
  const end = html.search(/<\/html>\s*\S/);
  if (end < 0) return [];
  const after = html.slice(end + '</html>'.length).trim();
  const line = html.slice(0, end).split('\n').length;
  return [{ line, words: `After </html> stands ${JSON.stringify(after.slice(0, 80))}.` }];
}
