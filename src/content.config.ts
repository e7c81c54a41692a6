import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';
import { chaptersOf, readCurriculum } from './snippet/curriculum.ts';

const places = chaptersOf(await readCurriculum('content'));
const parts = [...new Set(places.map((place) => place.part.id))];
const topics = places.flatMap((place) => place.topics.map((topic) => topic.id));

const chapters = defineCollection({
  loader: glob({
    base: 'content',
    pattern: '*/*/index.mdx',
    generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
  }),
  schema: z.strictObject({
    title: z.string().min(1),
    description: z.string().min(1).max(160),
    part: z.enum(parts),
    topics: z.array(z.enum(topics)).min(1),
    prerequisites: z.array(z.enum(places.map((place) => place.id))).default([]),
  }),
});

export const collections = { chapters };
