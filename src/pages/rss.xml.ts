/** `/rss.xml`: the chapters, the newest first; only where the site's origin is known, for a feed's links are absolute. */
import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { addressOf } from '../layouts/addresses.ts';
import { readConfiguration } from '../layouts/configuration.ts';
import { bookIdentity } from '../layouts/identity.ts';
import { readWrittenChapters } from './_book.ts';

export const GET: APIRoute = async () => {
  const { site, base } = readConfiguration(process.env);
  // An answer without a body is not written.
  if (site === undefined) return new Response(null);
  const { title, description, language } = await bookIdentity();
  const chapters = (await readWrittenChapters()).flatMap(({ place, entry }) =>
    entry.data.published ? [{ place, ...entry.data, published: entry.data.published }] : [],
  );
  // Chapters of one day appear as they are read, the first one at the bottom.
  chapters.sort(
    (one, other) => Number(other.published) - Number(one.published) || other.place.number - one.place.number,
  );
  return rss({
    title,
    description,
    site: addressOf({ site, base }, base),
    customData: `<language>${language}</language>`,
    items: chapters.map(({ place, title: name, description: about, published }) => ({
      title: `${place.number}. ${name}`,
      description: about,
      link: addressOf({ site, base }, `${base}${place.id}/`),
      pubDate: published,
      categories: [place.part.title],
    })),
  });
};
