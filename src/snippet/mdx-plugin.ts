/** Sätteri plugin: one `<Program id="…">` around the fences of a program, exercises and quizzes in slots, and ids of headings from their comments. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition } from 'satteri';
import { findChapter } from './collect.ts';
import { chaptersOf, readCurriculum } from './curriculum.ts';
import { exerciseNode, quizNode } from './exercise-nodes.ts';
import { loadExercise, readExercises } from './exercise.ts';
import { readPackageNames } from './packages.ts';
import { headingId, readPrograms } from './programs.ts';
import { readQuizzes } from './quiz.ts';
import { SnippetError } from './snippet-error.ts';
import { blockMeta } from './transformer.ts';

/** The plugin for the chapters of a content folder; a mistake in a fence throws a `SnippetError`. */
export function programs(contentDirectory: string): MdastPluginDefinition {
  return {
    name: 'programs',
    options: { position: true },
    async before(tree, context) {
      if (!context.fileURL) throw new Error('A chapter is compiled from a file.');
      const path = relative(resolve(contentDirectory), fileURLToPath(context.fileURL));
      // Guides of the site are Markdown too.
      if (path.startsWith('..') || isAbsolute(path)) return;
      const id = path.split(sep).slice(0, 2).join('/');
      const place = findChapter(chaptersOf(await readCurriculum(contentDirectory)), id);
      const packageNames = await readPackageNames(contentDirectory);
      const blocks = readPrograms(tree, context.source, place, packageNames);
      for (const { snippet, nodes, requestsNode } of blocks) {
        const [first, ...others] = nodes;
        if (!first) continue;
        context.replaceNode(first.node, {
          type: 'mdxJsxFlowElement',
          name: 'Program',
          attributes: [{ type: 'mdxJsxAttribute', name: 'id', value: snippet.id }],
          children: nodes.map(({ node, file }) => ({
            type: 'code' as const,
            lang: node.lang ?? null,
            meta: blockMeta(file, snippet.readOnly.includes(file)),
            value: node.value,
          })),
        });
        for (const { node } of others) context.removeNode(node);
        if (requestsNode) context.removeNode(requestsNode);
      }
      for (const text of readExercises(tree, place)) {
        // What the reader changes in either is kept under its id.
        if (blocks.some(({ snippet }) => snippet.id === text.id))
          throw new SnippetError(text.place, `A program is named "${text.name}" as well: take another name.`);
        const exercise = await loadExercise(contentDirectory, text, packageNames);
        context.replaceNode(text.tag, exerciseNode(text, exercise));
      }
      for (const quiz of readQuizzes(tree, place)) context.replaceNode(quiz.tag, quizNode(quiz));
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
