/** Nothing is explained twice, and no program is shown twice. */
import type { Book, Problem, Rule } from '../book.ts';
import type { Passage } from '../chapter.ts';
import { wordsOf } from '../prose.ts';

/** So many words in a row are not the same by chance. */
const run = 12;
/** Share of two programs' lines that are the same in both. */
const mostAlike = 0.6;

/** The same words, or nearly the same program, in two places. */
export const repetition: Rule = (book) => [...repeatedWords(book), ...repeatedPrograms(book)];

function* repeatedWords({ chapters }: Book): Generator<Problem> {
  const passages = chapters.flatMap(({ opening, sections }) => [
    ...opening,
    ...sections.filter(({ title }) => title !== 'Further reading').flatMap(({ passages: own }) => own),
  ]);
  const first = new Map<string, Passage>();
  for (const passage of passages) {
    if (passage.isHeading) continue;
    const words = wordsOf(passage.text.replaceAll('`', '')).map((word) => word.toLowerCase());
    let isReported = false;
    for (let start = 0; start + run <= words.length; start += 1) {
      const part = words.slice(start, start + run).join(' ');
      const earlier = first.get(part);
      if (!earlier) first.set(part, passage);
      else if (earlier !== passage && !isReported) {
        isReported = true;
        const { chapter, line } = earlier.place;
        yield { place: passage.place, message: `repeats ${chapter}:${line}: "${part} …"` };
      }
    }
  }
}

function* repeatedPrograms({ chapters }: Book): Generator<Problem> {
  const programs = chapters.flatMap((chapter) =>
    chapter.programs.map(({ snippet, place }) => {
      const lines = Object.values(snippet.files).flatMap((text) => text.split('\n'));
      return { id: snippet.id, place, lines: new Set(lines.map((line) => line.trim()).filter(isSubstance)) };
    }),
  );
  for (const [index, program] of programs.entries()) {
    for (const earlier of programs.slice(0, index)) {
      const shared = program.lines.intersection(earlier.lines).size;
      const alike = shared / Math.min(program.lines.size, earlier.lines.size);
      if (shared > 3 && alike > mostAlike)
        yield { place: program.place, message: `${program.id} is nearly the program ${earlier.id}.` };
    }
  }
}

/** What other programs have by chance: brackets, imports, a server's start and end. */
function isSubstance(line: string): boolean {
  return line.length > 8 && !/^import |^(?:await )?(?:server|socket)\.|^\w+\.(?:listen|close)\(/.test(line);
}
