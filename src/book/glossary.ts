/** The terms of the book in the order of the alphabet, each with the sentence that defines it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mdxToMdast } from 'satteri';
import { writtenChapters } from '../snippet/collect.ts';
import type { ChapterPlace } from '../snippet/curriculum.ts';
import { readDefinitions, type Definition, type Run } from './definitions.ts';

/** A term as the glossary shows it. */
export interface GlossaryEntry {
  readonly anchor: string;
  /** The term: text, and what of it is code. */
  readonly term: readonly Run[];
  /** A whole sentence: it ends with its mark. */
  readonly sentence: readonly Run[];
  readonly chapter: ChapterPlace;
  /** Id of the section's heading; none before the first section. */
  readonly section: string | undefined;
}

/** The terms under one letter. */
export interface GlossaryLetter {
  readonly letter: string;
  readonly entries: readonly GlossaryEntry[];
}

/** The glossary of a book; of a term that is defined twice, it has the first definition. */
export async function readGlossary(contentDirectory: string): Promise<GlossaryLetter[]> {
  const entries = new Map<string, GlossaryEntry>();
  for (const chapter of await writtenChapters(contentDirectory)) {
    const source = await readFile(join(contentDirectory, chapter.id, 'index.mdx'), 'utf8');
    for (const definition of readDefinitions(mdxToMdast(source), source, chapter.id))
      if (!entries.has(definition.anchor)) entries.set(definition.anchor, entryOf(definition, chapter));
  }
  const collator = new Intl.Collator('en', { numeric: true });
  const sorted = [...entries.values()].toSorted((one, other) => collator.compare(one.anchor, other.anchor));
  const letters = Map.groupBy(sorted, ({ anchor }) => anchor.charAt(0).toUpperCase());
  return Array.from(letters, ([letter, members]) => ({ letter, entries: members }));
}

function entryOf(definition: Definition, chapter: ChapterPlace): GlossaryEntry {
  const { anchor, section, sentence } = definition;
  return { anchor, term: headword(definition), sentence: closed(sentence), chapter, section };
}

/** The term as it stands within a sentence: a capital that only begins one is none of its own. */
function headword({ term, sentence }: Definition): Run[] {
  const isFirst = sentence[0]?.kind === 'term';
  const text = isFirst ? term.replace(/^\p{Lu}(?=\p{Ll}+(?: |$))/u, (letter) => letter.toLowerCase()) : term;
  return withCode({ kind: 'term', text });
}

/** A sentence that announced a program ends here. */
function closed(sentence: readonly Run[]): Run[] {
  return sentence.flatMap((run, index) => {
    if (run.kind === 'code') return [run];
    const isLast = index === sentence.length - 1;
    return withCode(isLast ? { ...run, text: run.text.replace(/\s*:$/, '.') } : run);
  });
}

/** A term may have code in it, between backticks. */
function withCode({ kind, text }: Run): Run[] {
  return text
    .split('`')
    .map((piece, index): Run => ({ kind: index % 2 === 1 ? 'code' : kind, text: piece }))
    .filter((piece) => piece.text !== '');
}
