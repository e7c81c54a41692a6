/** `/robots.txt`: everything may be read; where the site's origin is known, the list of its pages is named. */
import type { APIRoute } from 'astro';
import { addressOf } from '../layouts/addresses.ts';
import { readConfiguration } from '../layouts/configuration.ts';

export const GET: APIRoute = () => {
  const { site, base } = readConfiguration(process.env);
  const sitemap = addressOf({ site, base }, `${base}sitemap-index.xml`);
  return new Response(`User-agent: *\nAllow: /\n${site === undefined ? '' : `\nSitemap: ${sitemap}\n`}`);
};
