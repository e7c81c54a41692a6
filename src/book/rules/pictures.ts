/** Who does not see a picture is told the same in words. */
import type { Rule } from '../book.ts';
import { countWords } from '../prose.ts';

/** A picture that can be said in fewer words is not worth one. */
const fewest = 8;

/** Pictures without a text, or with one that says nothing. */
export const pictures: Rule = ({ chapters }) =>
  chapters.flatMap((chapter) =>
    chapter.pictures.flatMap(({ text, place }) => {
      if (text === '') return [{ place, message: 'The picture has no text: aria-label, or title and desc.' }];
      const words = countWords(text);
      return words < fewest
        ? [{ place, message: `The picture's text has ${words} words: say what the picture says.` }]
        : [];
    }),
  );
