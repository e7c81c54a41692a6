/** `/snippets.json`: every runnable block with what real Node printed. */
import type { APIRoute } from 'astro';
import { collectRecorded } from '../snippet/collect.ts';

export const GET: APIRoute = async () => Response.json(await collectRecorded('content'));
