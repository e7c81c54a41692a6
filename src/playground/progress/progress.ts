/** How far the reader came: from what is kept to what the sidebar and the contents page show. */
import type { KeptBlock, KeptChapter, KeptExercise, KeptQuiz } from '../store/kept.ts';

/** What a chapter has to do, by id; known when the site is built. */
export interface ChapterContents {
  /** `<part>/<chapter>` */
  readonly id: string;
  readonly blocks: readonly string[];
  readonly exercises: readonly string[];
  readonly quizzes: readonly string[];
}

/** A chapter as `/progress.json` lists it, in reading order. */
export interface ListedChapter extends ChapterContents {
  /** From 1 through the whole book. */
  readonly number: number;
  readonly title: string;
}

/** All that is kept of progress, by id. */
export interface KeptProgress {
  readonly blocks: ReadonlyMap<string, KeptBlock>;
  readonly exercises: ReadonlyMap<string, KeptExercise>;
  readonly quizzes: ReadonlyMap<string, KeptQuiz>;
  readonly chapters: ReadonlyMap<string, KeptChapter>;
}

/** So many of so many. */
export interface Share {
  readonly done: number;
  readonly of: number;
}

/** How far the reader came in a chapter. */
export interface ChapterProgress {
  readonly isRead: boolean;
  readonly blocks: Share;
  readonly exercises: Share;
  readonly quizzes: Share;
  /** Read, and all of its exercises passed and quizzes answered. Blocks may be read without being run. */
  readonly isComplete: boolean;
}

/** How far the reader came in the book. */
export interface BookProgress extends Omit<ChapterProgress, 'isRead' | 'isComplete'> {
  readonly chapters: Share;
}

/** Whether all checks of an exercise passed at least once. */
export function isPassed({ best, checks }: KeptExercise): boolean {
  return checks > 0 && best === checks;
}

/** Progress in a chapter. What is kept of things that the chapter no longer has does not count. */
export function chapterProgress(contents: ChapterContents, kept: KeptProgress): ChapterProgress {
  const share = <T>(
    ids: readonly string[],
    results: ReadonlyMap<string, T>,
    isDone: (result: T) => boolean,
  ) => {
    const done = ids.filter((id) => {
      const result = results.get(id);
      return result !== undefined && isDone(result);
    });
    return { done: done.length, of: ids.length };
  };
  const isRead = kept.chapters.has(contents.id);
  const exercises = share(contents.exercises, kept.exercises, isPassed);
  const quizzes = share(contents.quizzes, kept.quizzes, ({ isPartial }) => isPartial !== true);
  return {
    isRead,
    blocks: share(contents.blocks, kept.blocks, () => true),
    exercises,
    quizzes,
    isComplete: isRead && exercises.done === exercises.of && quizzes.done === quizzes.of,
  };
}

/** Progress in several chapters: a part or the book. */
export function bookProgress(chapters: readonly ChapterContents[], kept: KeptProgress): BookProgress {
  const each = chapters.map((contents) => chapterProgress(contents, kept));
  const sum = (shares: readonly Share[]): Share => ({
    done: shares.reduce((total, { done }) => total + done, 0),
    of: shares.reduce((total, { of }) => total + of, 0),
  });
  return {
    chapters: { done: each.filter(({ isRead }) => isRead).length, of: each.length },
    blocks: sum(each.map(({ blocks }) => blocks)),
    exercises: sum(each.map(({ exercises }) => exercises)),
    quizzes: sum(each.map(({ quizzes }) => quizzes)),
  };
}

/** How far a chapter is, as one mark. */
export function stageOf(progress: ChapterProgress): 'new' | 'begun' | 'read' | 'complete' {
  const { isRead, isComplete, blocks, exercises, quizzes } = progress;
  if (isComplete) return 'complete';
  if (isRead) return 'read';
  return [blocks, exercises, quizzes].some(({ done }) => done > 0) ? 'begun' : 'new';
}

/** The chapter to go on with: the first that is begun and not read, else the first that is not read; none where all are. */
export function nextChapter<C extends ChapterContents>(
  chapters: readonly C[],
  kept: KeptProgress,
): C | undefined {
  const unread = chapters.filter(({ id }) => !kept.chapters.has(id));
  return unread.find((chapter) => stageOf(chapterProgress(chapter, kept)) === 'begun') ?? unread[0];
}

/** Progress in a chapter in words, such as `Read, 2 of 5 programs run`; empty before the first. */
export function describeProgress(progress: ChapterProgress): string {
  if (stageOf(progress) === 'new') return '';
  const { isRead, blocks, exercises, quizzes } = progress;
  const begun = ({ done, of }: Share): Share => (done === 0 ? { done, of: 0 } : { done, of });
  const shares = describeShares({
    blocks: begun(blocks),
    exercises: begun(exercises),
    quizzes: begun(quizzes),
  });
  return [isRead ? 'Read' : 'Begun', ...(shares === '' ? [] : [shares])].join(', ');
}

/** What is done in a chapter beside reading it, such as `2 of 5 programs run, 0 of 1 exercise passed`. */
export function describeShares({
  blocks,
  exercises,
  quizzes,
}: Pick<ChapterProgress, 'blocks' | 'exercises' | 'quizzes'>): string {
  const parts = [
    describeShare(blocks, 'program', 'run'),
    describeShare(exercises, 'exercise', 'passed'),
    describeShare(quizzes, 'quiz', 'answered', 'quizzes'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Progress in the book as a sentence; empty before the first. */
export function describeBook({ chapters, blocks, exercises, quizzes }: BookProgress): string {
  const parts = [
    chapters.done > 0 ? `read ${chapters.done} of ${countOf(chapters.of, 'chapter')}` : '',
    blocks.done > 0 ? `run ${countOf(blocks.done, 'program')}` : '',
    exercises.done > 0 ? `passed ${countOf(exercises.done, 'exercise')}` : '',
    quizzes.done > 0 ? `answered ${countOf(quizzes.done, 'quiz', 'quizzes')}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `You have ${new Intl.ListFormat('en').format(parts)}.`;
}

/** A number with its noun, such as `1 program`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function describeShare({ done, of }: Share, one: string, what: string, many = `${one}s`): string {
  if (of === 0) return '';
  return `${done} of ${countOf(of, one, many)} ${what}`;
}
