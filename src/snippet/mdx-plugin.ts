/** Sätteri plugin: one `<Program id="…">` around the fences of a program, and ids of headings from their comments. */
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition } from 'satteri';
import { findChapter } from './collect.ts';
import { chaptersOf, readCurriculum } from './curriculum.ts';
import { readPackageNames } from './packages.ts';
import { headingId, readPrograms } from './programs.ts';

/** The plugin for the chapters of a content folder; a mistake in a fence throws a `SnippetError`. */
export function programs(contentDirectory: string): MdastPluginDefinition {
  return {
    name: 'programs',
    options: { position: true },
    async before(tree, context) {
      if (!context.fileURL) throw new Error('A chapter is compiled from a file.');
      const path = relative(resolve(contentDirectory), fileURLToPath(context.fileURL));
      const id = path.split(sep).slice(0, 2).join('/');
      const place = findChapter(chaptersOf(await readCurriculum(contentDirectory)), id);
      const packageNames = await readPackageNames(contentDirectory);
      for (const { snippet, nodes } of readPrograms(tree, context.source, place, packageNames)) {
        const [first, ...others] = nodes;
        if (!first) continue;
        context.replaceNode(first.node, {
          type: 'mdxJsxFlowElement',
          name: 'Program',
          attributes: [{ type: 'mdxJsxAttribute', name: 'id', value: snippet.id }],
          // The file name is all that the transformer of the code needs.
          children: nodes.map(({ node, file }) => ({
            type: 'code' as const,
            lang: node.lang ?? null,
            meta: `file=${file}`,
            value: node.value,
          })),
        });
        for (const { node } of others) context.removeNode(node);
      }
    },
    heading(node, context) {
      const id = headingId(node);
      const comment = node.children.at(-1);
      if (id === undefined || comment === undefined) return;
      context.removeNode(comment);
      context.setProperty(node, 'data', { hProperties: { id } });
    },
  };
}
