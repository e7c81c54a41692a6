/** Spelling: American English, and the field's own terms, which stand in the book's `words.txt`. */
import dictionary from 'dictionary-en';
import nspell from 'nspell';
import type { Rule } from '../book.ts';
import { wordsOf } from '../prose.ts';

/** Figures, abbreviations, single letters, names of files, and names from code, which have a capital within. */
const notEnglish = /\d|^[A-Z]+s?$|^\p{L}$|\p{Ll}\p{Lu}|\.(?:[cm]?[jt]s|json|txt)$/u;

/** The rule with a list of terms, a line each; names may stand in it with their capitals. */
export function spelling(terms: string): Rule {
  const checker = nspell({ aff: Buffer.from(dictionary.aff), dic: Buffer.from(dictionary.dic) });
  for (const line of terms.split('\n')) {
    const term = line.trim();
    if (term !== '' && !term.startsWith('#')) checker.add(term);
  }
  const isKnown = (word: string): boolean => notEnglish.test(word) || checker.correct(word);
  const isRight = (word: string): boolean =>
    isKnown(word.replace(/'s$/, '')) || word.split(/[.:_-]/).every(isKnown);
  return ({ chapters }) =>
    chapters.flatMap(({ opening, sections }) =>
      [...opening, ...sections.flatMap(({ passages }) => passages)].flatMap(({ text, place }) => {
        const wrong = new Set(wordsOf(text.replaceAll('’', "'")).filter((word) => !isRight(word)));
        return wrong.size === 0
          ? []
          : [{ place, message: `Not in the dictionary or words.txt: ${[...wrong].join(', ')}.` }];
      }),
    );
}
