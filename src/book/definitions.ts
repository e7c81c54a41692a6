/** The terms that a chapter defines: an author writes `*term*` where a sentence says what it means, and `_word_` to stress a word. */
import GithubSlugger from 'github-slugger';
import type { MdastNode } from 'satteri';
import { headingId } from '../snippet/programs.ts';
import { isTag, ownTags, placeOf } from '../snippet/tags.ts';
import type { Place } from '../snippet/snippet-error.ts';
import { plainText } from './prose.ts';

/** A run of a sentence: text, code, or the term itself. */
export interface Run {
  readonly kind: 'text' | 'code' | 'term';
  readonly text: string;
}

/** A term with the sentence that defines it. */
export interface Definition {
  readonly term: string;
  /** Of `/glossary/`. */
  readonly anchor: string;
  readonly sentence: readonly Run[];
  /** Id of the section's heading on the chapter's page; none before the first section. */
  readonly section: string | undefined;
  readonly place: Place;
}

const endOfSentence = /[.?!]["')”’]?$/;
const afterSentence = /(?<=[.?!]["')”’]?) /;

/** Sections that name what was defined before them, and titles of others. */
const withoutDefinitions = new Set(['Try it', 'Exercise', 'Check yourself', 'Further reading']);

/** The definitions of a chapter in their order; of exercises, quizzes, headings and captions none. The tree needs positions. */
export function readDefinitions(tree: Readonly<MdastNode>, source: string, chapter: string): Definition[] {
  const slugger = new GithubSlugger();
  const definitions: Definition[] = [];
  let section: string | undefined;
  let isDefining = true;
  const visit = (node: Readonly<MdastNode>) => {
    if (node.type === 'heading') {
      const title = plainText(node);
      if (node.depth === 2) section = headingId(node) ?? slugger.slug(title);
      isDefining = node.depth > 2 ? isDefining : !withoutDefinitions.has(title);
    } else if (node.type === 'paragraph' && isDefining) {
      for (const sentence of sentencesIn(runsIn(node, source)))
        for (const { kind, text } of sentence)
          if (kind === 'term')
            definitions.push({
              term: text,
              anchor: anchorOf(text),
              sentence: sentence.map((run) =>
                run.kind === 'term' && run.text !== text ? { ...run, kind: 'text' } : run,
              ),
              section,
              place: placeOf(node, chapter),
            });
    } else if ('children' in node && !ownTags.some((name) => isTag(node, name))) node.children.forEach(visit);
  };
  visit(tree);
  return definitions;
}

/** The anchor of a term on the page of the glossary: its words in small letters, joined by hyphens. */
export function anchorOf(term: string): string {
  return term
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function runsIn(node: Readonly<MdastNode>, source: string): Run[] {
  if (node.type === 'text') return [{ kind: 'text', text: node.value.replace(/\s+/g, ' ') }];
  if (node.type === 'inlineCode') return [{ kind: 'code', text: node.value }];
  if (node.type === 'break') return [{ kind: 'text', text: ' ' }];
  if (node.type === 'emphasis' && source[node.position?.start.offset ?? -1] === '*')
    return [{ kind: 'term', text: plainText(node) }];
  return 'children' in node ? node.children.flatMap((child) => runsIn(child, source)) : [];
}

/** Cuts runs where a sentence ends: at a mark before a space, not in code. */
function sentencesIn(runs: readonly Run[]): Run[][] {
  const sentences: Run[][] = [[]];
  for (const { kind, text } of runs) {
    const before = sentences.at(-1)?.at(-1);
    const isAfterEnd = before !== undefined && before.kind !== 'code' && endOfSentence.test(before.text);
    if (isAfterEnd && text.startsWith(' ')) sentences.push([]);
    const pieces = kind === 'text' ? text.split(afterSentence) : [text];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) sentences.push([]);
      if (piece !== '') sentences.at(-1)?.push({ kind, text: piece });
    }
  }
  return sentences.filter((sentence) => sentence.length > 0).map(trimmed);
}

function trimmed(sentence: readonly Run[]): Run[] {
  return sentence.map((run, index) => (index === 0 ? { ...run, text: run.text.trimStart() } : run));
}
