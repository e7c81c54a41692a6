/** `/<part>/<chapter>.md`: a chapter in Markdown. */
import type { APIRoute } from 'astro';
import { printChapters, readMarkdownChapters } from '../../editions/markdown/book.ts';
import { contentFolder } from '../../snippet/content-folder.ts';

export async function getStaticPaths() {
  const texts = printChapters(await readMarkdownChapters(contentFolder));
  return [...texts].map(([id, text]) => {
    const [part, chapter] = id.split('/');
    return { params: { part, chapter }, props: { text } };
  });
}

export const GET: APIRoute<{ text: string }> = ({ props }) =>
  new Response(props.text, { headers: { 'Content-Type': 'text/markdown; charset=utf-8' } });
