/** A chapter's entry in `curriculum.json`. */
import { z } from 'zod';

/** A chapter that the table of contents is to have. */
export interface NewChapter {
  /** `<part>/<chapter>` */
  readonly id: string;
  readonly title: string;
  /** Title of its part, which counts where the part is new. */
  readonly partTitle: string | undefined;
  /** Titles of its topics. */
  readonly topics: readonly string[];
}

const chapterSchema = z.object({ id: z.string() });
const partSchema = z.object({ id: z.string(), chapters: z.array(chapterSchema) });
const curriculumSchema = z.object({ parts: z.array(partSchema) });

/** Says whether a value is a curriculum without making another of it: what else it holds stays, in its order. */
const isCurriculum = (value: unknown): value is z.infer<typeof curriculumSchema> =>
  curriculumSchema.safeParse(value).success;

/**
 * The text of `curriculum.json` with the chapter at the end of its part; `text` is empty where there is no curriculum yet.
 * Throws a sentence where no entry can be made.
 */
export function withChapter(text: string, { id, title, partTitle, topics }: NewChapter): string {
  const curriculum: unknown = text === '' ? { parts: [] } : JSON.parse(text);
  if (!isCurriculum(curriculum)) throw new Error('curriculum.json has no list of parts with their chapters.');
  const [partId = '', chapterId = ''] = id.split('/');
  const chapter = {
    id: chapterId,
    title,
    topics: topics.map((topic) => ({ id: slugOf(topic), title: topic })),
  };
  const ids = chapter.topics.map((topic) => topic.id);
  const repeated = ids.find((topic, index) => ids.indexOf(topic) !== index);
  if (repeated !== undefined) throw new Error(`Two topics of ${id} would have the id "${repeated}".`);
  const part = curriculum.parts.find((candidate) => candidate.id === partId);
  if (part) part.chapters.push(chapter);
  else {
    const added = { id: partId, title: partTitle ?? titleOf(partId), chapters: [chapter] };
    curriculum.parts.push(added);
  }
  const indent = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify(curriculum, undefined, indent)}\n`;
}

/** `What a buffer is` → `what-a-buffer-is`; throws where a title has no letter that an id may have. */
function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}|['’]/gu, '')
    .match(/[a-z0-9]+/g);
  if (!words)
    throw new Error(`No id can be made of the topic "${title}": write it into curriculum.json by hand.`);
  return words.join('-');
}

/** `understanding-node` → `Understanding node`. */
function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
