import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';
import { contentFolder } from './snippet/content-folder.ts';
import { chaptersOf, readCurriculum } from './snippet/curriculum.ts';
import { identitySchema } from './snippet/identity.ts';

const places = chaptersOf(await readCurriculum(contentFolder));
const parts = [...new Set(places.map((place) => place.part.id))];
const topics = places.flatMap((place) => place.topics.map((topic) => topic.id));

const chapters = defineCollection({
  loader: glob({
    base: contentFolder,
    pattern: '*/*/index.mdx',
    generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
  }),
  schema: z.strictObject({
    title: z.string().min(1),
    description: z.string().min(1).max(160),
    part: z.enum(parts),
    topics: z.array(z.enum(topics)).min(1),
    prerequisites: z.array(z.enum(places.map((place) => place.id))).default([]),
    /** Day on which the chapter first appeared; without it the feed does not list the chapter. */
    published: z.coerce.date().optional(),
    /** Day of the last change that a reader would want to know of. */
    updated: z.coerce.date().optional(),
  }),
});

const identity = defineCollection({
  loader: glob({ base: contentFolder, pattern: 'book.json' }),
  schema: identitySchema,
});

export const collections = { chapters, identity };
