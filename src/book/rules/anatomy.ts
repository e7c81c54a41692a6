/** What every chapter has: a section and a program for each topic, exercises, a quiz, the closing sections, a length. */
import type { Problem, Rule } from '../book.ts';
import type { Chapter, Passage } from '../chapter.ts';
import { countWords } from '../prose.ts';

/** Words of prose in a chapter, without code, exercises, quizzes and lists of links. */
const fewest = 900;
const most = 1800;
/** Words of prose that a topic needs at least: less than that explains nothing. */
const fewestOfTopic = 60;
const fewestPrograms = 3;
const [fewestQuestions, mostQuestions] = [3, 5];

const closing = ['Try it', 'Exercise', 'In production', 'Check yourself', 'Further reading'];

/** Words that the length of a chapter counts. */
export function countProse({ opening, sections }: Pick<Chapter, 'opening' | 'sections'>): number {
  const counted = sections.filter(({ title }) => title !== 'Further reading');
  return countPassages([...opening, ...counted.flatMap(({ passages }) => passages)]);
}

function countPassages(passages: readonly Passage[]): number {
  const prose = passages.filter(({ kind, isHeading }) => kind === 'text' && !isHeading);
  return prose.reduce((sum, { text }) => sum + countWords(text), 0);
}

/** A part that has been begun is whole, and each of its chapters has what a chapter has. */
export const anatomy: Rule = ({ places, chapters }) => {
  const written = new Set(chapters.map(({ place }) => place.id));
  const begun = new Set(chapters.map(({ place }) => place.part.id));
  const missing = places
    .filter(({ id, part }) => begun.has(part.id) && !written.has(id))
    .map(({ id, part }) => ({
      place: undefined,
      message: `${id} is not written, and its part "${part.title}" has been begun.`,
    }));
  const order = places.map(({ id }) => id);
  return [...missing, ...chapters.flatMap((chapter) => [...topics(chapter, order), ...parts(chapter)])];
};

function* topics(
  { place, topics: named, prerequisites, sections, programs }: Chapter,
  order: readonly string[],
): Generator<Problem> {
  const start = { chapter: place.id, line: 1 };
  const wanted = place.topics.map(({ id }) => id);
  if (named.join() !== wanted.join())
    yield { place: start, message: `topics: has to be the curriculum's list: ${wanted.join(', ')}.` };
  for (const id of prerequisites) {
    if (!order.slice(0, place.number - 1).includes(id))
      yield { place: start, message: `prerequisites: ${id} is no chapter before this one.` };
  }
  const found = sections.flatMap(({ id }) => (id === undefined ? [] : [id]));
  for (const id of wanted) {
    const section = sections.find((candidate) => candidate.id === id);
    if (!section) {
      yield { place: start, message: `The topic ${id} has no section «## Title {/* #${id} */}».` };
      continue;
    }
    const words = countPassages(section.passages);
    if (words < fewestOfTopic)
      yield { place: section.place, message: `The topic ${id} is explained in ${words} words.` };
    if (!programs.some(({ snippet }) => snippet.topic === id))
      yield { place: section.place, message: `The topic ${id} has no program.` };
  }
  if (found.join() !== wanted.filter((id) => found.includes(id)).join())
    yield {
      place: start,
      message: `Sections of topics stand in the curriculum's order, each once: ${wanted.join(', ')}.`,
    };
}

function* parts({
  place,
  published,
  updated,
  opening,
  sections,
  programs,
  exercises,
  quizzes,
  ...rest
}: Chapter): Generator<Problem> {
  const start = { chapter: place.id, line: 1 };
  const say = (message: string): Problem => ({ place: start, message });
  if (published === undefined)
    yield say('published: is missing: the day on which the chapter appears, such as 2026-01-31.');
  else if (updated !== undefined && updated < published)
    yield say(`updated: ${updated} is before published: ${published}.`);
  if (countPassages(opening) === 0)
    yield say('Nothing stands before the first section: say what the reader gains.');
  if (programs.length < fewestPrograms)
    yield say(`${programs.length} programs; a chapter has at least ${fewestPrograms}.`);
  if (exercises.length === 0) yield say('There is no exercise.');
  if (quizzes.length === 0) yield say('There is no quiz.');
  for (const { id, questions } of quizzes) {
    if (questions.length < fewestQuestions || questions.length > mostQuestions)
      yield say(`${id} has ${questions.length} questions, not ${fewestQuestions} to ${mostQuestions}.`);
  }
  const last = sections.filter(({ id }) => id === undefined).map(({ title }) => title);
  if (last.join() !== closing.join())
    yield say(`After the topics come ${closing.join(', ')}; found: ${last.join(', ') || 'none'}.`);
  for (const section of sections) {
    const isTask = section.title === 'Exercise' || section.title === 'Check yourself';
    if (!isTask && countPassages(section.passages) === 0)
      yield { place: section.place, message: `"${section.title}" has no text.` };
  }
  const words = countProse({ ...rest, opening, sections });
  if (words < fewest || words > most)
    yield say(`${words} words of prose; a chapter has ${fewest} to ${most}.`);
}
