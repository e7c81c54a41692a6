/** The book's table of contents: the only place where order lives. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id has lower-case words joined by hyphens');

const topicSchema = z.object({ id: slug, title: z.string().min(1) });
const chapterSchema = z.object({ id: slug, title: z.string().min(1), topics: z.array(topicSchema).min(1) });
const partSchema = z.object({ id: slug, title: z.string().min(1), chapters: z.array(chapterSchema).min(1) });

const curriculumSchema = z
  .object({ parts: z.array(partSchema).min(1) })
  .superRefine((curriculum, context) => {
    const repeated = (kind: string, ids: readonly string[]) => {
      const seen = new Set<string>();
      for (const id of ids) {
        if (seen.has(id)) context.addIssue({ code: 'custom', message: `the ${kind} "${id}" appears twice` });
        seen.add(id);
      }
    };
    const places = chaptersOf(curriculum);
    repeated(
      'part',
      curriculum.parts.map((part) => part.id),
    );
    repeated(
      'chapter',
      places.map((place) => place.id),
    );
    repeated(
      'topic',
      places.flatMap((place) => place.topics.map((topic) => `${place.id}#${topic.id}`)),
    );
  });

/** Parts, their chapters and their topics, in reading order. */
export type Curriculum = z.infer<typeof curriculumSchema>;

/** A chapter with its place in the book; `id` is `<part>/<chapter>`, numbers count from 1 through the whole book. */
export interface ChapterPlace {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly part: { readonly id: string; readonly number: number; readonly title: string };
  readonly topics: readonly { readonly id: string; readonly title: string }[];
}

const placesOf = new WeakMap<Curriculum, readonly ChapterPlace[]>();

/** Every chapter in reading order. */
export function chaptersOf(curriculum: Curriculum): readonly ChapterPlace[] {
  const known = placesOf.get(curriculum);
  if (known) return known;
  const places: ChapterPlace[] = [];
  for (const [index, part] of curriculum.parts.entries()) {
    for (const chapter of part.chapters) {
      places.push({
        id: `${part.id}/${chapter.id}`,
        number: places.length + 1,
        title: chapter.title,
        part: { id: part.id, number: index + 1, title: part.title },
        topics: chapter.topics,
      });
    }
  }
  placesOf.set(curriculum, places);
  return places;
}

/** Every page and program asks for it: it is read again only where the file has changed. */
const lastRead = new Map<string, { readonly version: string; readonly curriculum: Promise<Curriculum> }>();

/** Reads and checks `curriculum.json` of a content folder; throws a sentence that lists what is wrong in it. */
export async function readCurriculum(contentDirectory: string): Promise<Curriculum> {
  const path = join(contentDirectory, 'curriculum.json');
  const { mtimeNs, size } = await stat(path, { bigint: true });
  const version = `${mtimeNs} ${size}`;
  const last = lastRead.get(path);
  if (last?.version === version) return await last.curriculum;
  const curriculum = parseCurriculum(path);
  lastRead.set(path, { version, curriculum });
  return await curriculum;
}

async function parseCurriculum(path: string): Promise<Curriculum> {
  const result = curriculumSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!result.success) throw new Error(`${path} is not a curriculum:\n${z.prettifyError(result.error)}`);
  return result.data;
}
