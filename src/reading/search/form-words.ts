/** The words of the search before anything is typed: they stand in the search page, and the dialog has them too. */

/** Name of the field, and what stands in it while it is empty. */
export const fieldName = 'Search the book';

/** For who does not see the results below. */
export const fieldHint = 'The down arrow goes to the results.';

/** Name of the choice of a part, and the first of them. */
export const partName = 'Search in';
export const allParts = 'All parts';

/** Characters of the longest query. */
export const longestQuery = 200;

/** What can be found. */
export const beginning =
  'Finds words in the text, in headings, in the titles and the code of programs, and in what they print. Of several words, it finds the pages that have them all.';
