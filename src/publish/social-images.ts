/** An image for each page that search engines list, of what the page says of itself. */
import { createHash } from 'node:crypto';
import { copyFile, glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { BuiltSite, PublishStep } from './built-site.ts';
import { CardPress, type Card } from './card.ts';

const siteSchema = z.object({
  '@type': z.literal('WebSite'),
  name: z.string(),
  alternativeHeadline: z.string(),
});
const pageSchema = z.object({ '@type': z.literal('WebPage'), name: z.string() });
const chapterSchema = z.object({
  '@type': z.tuple([z.literal('Chapter'), z.literal('TechArticle')]),
  position: z.int(),
  isPartOf: z.object({ name: z.string(), position: z.int() }),
});
const blockSchema = z.object({ '@graph': z.array(z.unknown()) });

/** Makes them where the origin of the site is known; what has not changed comes from a cache. */
export const socialImages: PublishStep = {
  name: 'social images',
  async run(site) {
    if (site.configuration.site === undefined) return 'none, for they need the origin of the site in SITE';
    const cache = resolve('node_modules/.cache/loopbook/social');
    await mkdir(cache, { recursive: true });
    const press = await CardPress.open(await readFile(join(site.directory, 'favicon.svg'), 'utf8'));
    let count = 0;
    let drawn = 0;
    for await (const page of glob('**/*.html', { cwd: site.directory })) {
      const html = await readFile(join(site.directory, page), 'utf8');
      const target = imageFileOf(html, site);
      if (target === undefined) continue;
      const card = cardOf(html, page);
      const name = createHash('sha256').update(press.edition).update(JSON.stringify(card)).digest('hex');
      const kept = join(cache, `${name}.png`);
      if (!existsSync(kept)) {
        await writeFile(kept, await press.print(card));
        drawn += 1;
      }
      await mkdir(dirname(target), { recursive: true });
      await copyFile(kept, target);
      count += 1;
    }
    return `${count}, of which ${drawn} are new`;
  },
};

/** File of the image that a page names; a page without a canonical address has none of its own. */
function imageFileOf(html: string, { directory, configuration }: BuiltSite): string | undefined {
  if (!html.includes('<link rel="canonical"')) return undefined;
  const address = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1];
  if (address === undefined) return undefined;
  const path = decodeURI(new URL(address).pathname);
  return join(directory, path.slice(configuration.base.length));
}

/** What the structured data of a page says for its image. */
export function cardOf(html: string, page: string): Card {
  const block = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(html)?.[1];
  if (block === undefined) throw new Error(`${page} has no structured data, which its image is made of.`);
  const things = blockSchema.parse(JSON.parse(block))['@graph'];
  const found = <Type>(schema: z.ZodType<Type>) =>
    things.map((thing) => schema.safeParse(thing).data).find((thing) => thing !== undefined);
  const [site, subject, chapter] = [found(siteSchema), found(pageSchema), found(chapterSchema)];
  if (!site || !subject) throw new Error(`The structured data of ${page} names no site or no page.`);
  const isFirst = subject.name === site.name;
  return {
    title: isFirst ? site.alternativeHeadline : subject.name,
    place: chapter
      ? `Part ${chapter.isPartOf.position}, ${chapter.isPartOf.name} · Chapter ${chapter.position}`
      : '',
    book: site.name,
    tagline: isFirst ? '' : site.alternativeHeadline,
  };
}
