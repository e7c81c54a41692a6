/** `/isolation-worker.js`: the service worker at the root of the site, so that it controls all of it. */
import { transform } from 'esbuild';
import type { APIRoute } from 'astro';
import source from '../service-worker/isolation.ts?raw';

export const GET: APIRoute = async () => {
  const { code } = await transform(source, { loader: 'ts', target: 'es2022', minify: true });
  return new Response(code, { headers: { 'Content-Type': 'text/javascript' } });
};
