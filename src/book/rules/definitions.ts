/** Every term is defined once, in a sentence that can stand in the glossary. */
import type { Definition } from '../definitions.ts';
import type { Problem, Rule } from '../book.ts';
import { countWords } from '../prose.ts';

const longestTerm = 5;
/** Words of a sentence that says something of a term. */
const fewest = 4;
/** A sentence that begins so speaks of the one before it. */
const leansBack =
  /^(?:Both|Either|He|Here|Hence|It|Its|She|So|Such|Their|They|Therefore|These|This|Those|Thus)\b/;

/** Terms that are defined twice, and definitions that cannot be read alone. */
export const definitions: Rule = ({ chapters }) => {
  const first = new Map<string, Definition>();
  return chapters.flatMap((chapter) =>
    chapter.definitions.flatMap((definition): Problem[] => {
      const { term, anchor, place } = definition;
      const earlier = first.get(anchor);
      if (!earlier) first.set(anchor, definition);
      const problem = earlier
        ? `is defined in ${earlier.place.chapter}:${earlier.place.line} already: write _${term}_, or name it otherwise.`
        : problemOf(definition);
      return problem === undefined ? [] : [{ place, message: `The term "${term}" ${problem}` }];
    }),
  );
};

function problemOf({ term, anchor, sentence }: Definition): string | undefined {
  if (anchor === '') return 'has no letter: write _…_ to stress it.';
  if (countWords(term) > longestTerm)
    return `has more than ${longestTerm} words: write _…_ for titles and to stress.`;
  const text = sentence.map((run) => run.text).join('');
  const words = countWords(text);
  if (words - countWords(term) < fewest)
    return 'is not defined by its sentence: say what it is, or write _…_ to stress it.';
  const back = leansBack.exec(text)?.[0];
  return back === undefined
    ? undefined
    : `is defined by a sentence that cannot be read alone, because it begins with "${back}".`;
}
