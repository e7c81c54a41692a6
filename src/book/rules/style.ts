/** The rules of writing that a program can see: words that say nothing, sentences too long to follow, blocks too long to read. */
import type { Problem, Rule } from '../book.ts';
import type { Passage } from '../chapter.ts';
import { countWords, sentencesOf, withoutCode } from '../prose.ts';

/** Words in a sentence. */
const longest = 40;
/** Lines of one file of a program. */
const mostLines = 40;
const programLanguages = new Set(['js', 'mjs', 'cjs', 'ts', 'mts']);

/** Fillers, boasts, and words that tell readers that what they find hard is easy. */
const banned =
  /\b(?:simply|obviously|easy|easily|of course|clearly|basically|actually|really|trivial(?:ly)?|powerful|robust|seamless(?:ly)?|leverag(?:e|es|ed|ing)|utiliz(?:e|es|ed|ing)|blazing(?:ly)?|let['’]s|in order to|under the hood|delve|please note)\b|(?:^|[.;:] )note that\b|\bjust (?!as\b|now\b|before\b|after\b|above\b|below\b|like\b)/i;

/** Passages and blocks against the rules of writing. */
export const style: Rule = ({ chapters }) =>
  chapters.flatMap(({ opening, sections, fences }) => [
    ...[...opening, ...sections.flatMap(({ passages }) => passages)].flatMap((passage) => [
      ...problemsOf(passage),
    ]),
    ...fences.flatMap(({ language, code, place }) => {
      const lines = code.split('\n').length;
      return programLanguages.has(language) && lines > mostLines
        ? [{ place, message: `The block has ${lines} lines; a reader follows ${mostLines}.` }]
        : [];
    }),
  ]);

function* problemsOf({ text, kind, place }: Passage): Generator<Problem> {
  const prose = withoutCode(text);
  const word = banned.exec(prose)?.[0].trim();
  if (word !== undefined) yield { place, message: `"${word}" says nothing that the sentence needs.` };
  if (kind === 'picture') return;
  for (const sentence of sentencesOf(text)) {
    const words = countWords(sentence);
    if (words > longest)
      yield { place, message: `A sentence of ${words} words: "${sentence.slice(0, 60)} …"` };
  }
}
