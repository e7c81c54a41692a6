/** Headings step down one level at a time; the page's title is the only one of depth 1. */
import type { Rule } from '../book.ts';

/** Headings out of order. */
export const headings: Rule = ({ chapters }) =>
  chapters.flatMap((chapter) =>
    chapter.headings.flatMap(({ depth, place }, index) => {
      const above = chapter.headings[index - 1]?.depth ?? 1;
      if (depth === 1)
        return [{ place, message: 'The title of a chapter stands in its frontmatter: use ##.' }];
      return depth > above + 1
        ? [{ place, message: `A heading of depth ${depth} follows one of depth ${above}.` }]
        : [];
    }),
  );
