/** A chapter as its rules see it: sections, passages of prose, links, pictures, and what runs in it. */
import { mdxToMdast, type MdastNode } from 'satteri';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ChapterPlace } from '../snippet/curriculum.ts';
import { readExercises, type ExerciseText } from '../snippet/exercise.ts';
import { headingId, readPrograms, type ProgramBlock } from '../snippet/programs.ts';
import { readQuizzes, type QuizText } from '../snippet/quiz.ts';
import { SnippetError, type Place } from '../snippet/snippet-error.ts';
import { isTag, placeOf, type Tag } from '../snippet/tags.ts';
import { readDefinitions, type Definition } from './definitions.ts';
import { plainText } from './prose.ts';

/** Where a passage stands: in the chapter's own text, in an exercise, in a quiz, or as the words for a picture. */
export type PassageKind = 'text' | 'exercise' | 'quiz' | 'picture';

/** A paragraph, a heading, a caption or a cell. */
export interface Passage {
  /** As `plainText` gives it. */
  readonly text: string;
  readonly kind: PassageKind;
  readonly isHeading: boolean;
  readonly place: Place;
}

/** A heading with the text up to the next one of depth 2. */
export interface Section {
  /** From the comment in its heading. */
  readonly id: string | undefined;
  readonly title: string;
  readonly place: Place;
  readonly passages: Passage[];
}

/** A chapter, read whole. */
export interface Chapter {
  readonly place: ChapterPlace;
  readonly topics: readonly string[];
  readonly prerequisites: readonly string[];
  /** Day on which it first appeared, as `2026-01-31`. */
  readonly published?: string | undefined;
  /** Day of the last change that a reader would want to know of. */
  readonly updated?: string | undefined;
  /** What stands before the first section. */
  readonly opening: readonly Passage[];
  readonly sections: readonly Section[];
  readonly headings: readonly { readonly depth: number; readonly place: Place }[];
  readonly links: readonly { readonly address: string; readonly place: Place }[];
  /** Pictures, and what is said to those who do not see them. */
  readonly pictures: readonly { readonly text: string; readonly place: Place }[];
  readonly fences: readonly { readonly language: string; readonly code: string; readonly place: Place }[];
  readonly definitions: readonly Definition[];
  readonly programs: readonly ProgramBlock[];
  readonly exercises: readonly ExerciseText[];
  readonly quizzes: readonly QuizText[];
}

const frontmatterSchema = z.object({
  topics: z.array(z.string()),
  published: z.iso.date().optional(),
  updated: z.iso.date().optional(),
  prerequisites: z.array(z.string()).default([]),
});

/** Reads a chapter's text; throws a `SnippetError` at the first mistake that stops a build as well. */
export function readChapter(source: string, place: ChapterPlace, packageNames: readonly string[]): Chapter {
  const tree = mdxToMdast(source);
  const start = { chapter: place.id, line: 1 };
  const [head] = 'children' in tree ? tree.children : [];
  const front = frontmatterSchema.safeParse(head?.type === 'yaml' ? parse(head.value) : {});
  if (!front.success) {
    throw new SnippetError(start, `The frontmatter is not one: ${z.prettifyError(front.error)}`);
  }
  const reading = new Reading(place.id);
  reading.visit(tree, 'text');
  return {
    place,
    ...front.data,
    opening: reading.opening,
    sections: reading.sections,
    headings: reading.headings,
    links: reading.links,
    pictures: reading.pictures,
    fences: reading.fences,
    definitions: readDefinitions(tree, source, place.id),
    programs: readPrograms(tree, source, place, packageNames),
    exercises: readExercises(tree, place),
    quizzes: readQuizzes(tree, place),
  };
}

/** Collects what a tree holds, in the order of its text. */
class Reading {
  readonly opening: Passage[] = [];
  readonly sections: Section[] = [];
  readonly headings: { depth: number; place: Place }[] = [];
  readonly links: { address: string; place: Place }[] = [];
  readonly pictures: { text: string; place: Place }[] = [];
  readonly fences: { language: string; code: string; place: Place }[] = [];
  readonly #chapter: string;

  constructor(chapter: string) {
    this.#chapter = chapter;
  }

  visit(node: Readonly<MdastNode>, kind: PassageKind): void {
    if (isTag(node, 'Exercise')) this.#visitChildren(node, 'exercise');
    else if (isTag(node, 'Quiz')) this.#visitChildren(node, 'quiz');
    else if (isTag(node, 'svg')) this.#addPicture(node, pictureText(node));
    else if (node.type === 'image') this.#addPicture(node, node.alt ?? '');
    else if (node.type === 'heading') this.#addHeading(node, kind);
    else if (node.type === 'code') {
      this.fences.push({ language: node.lang ?? '', code: node.value, place: this.#placeOf(node) });
    } else if (node.type === 'paragraph' || node.type === 'tableCell' || isTag(node, 'figcaption')) {
      this.#addPassage({ text: plainText(node), kind, isHeading: false, place: this.#placeOf(node) });
      this.#addLinks(node);
    } else this.#visitChildren(node, kind);
  }

  #visitChildren(node: Readonly<MdastNode>, kind: PassageKind): void {
    if ('children' in node) for (const child of node.children) this.visit(child, kind);
  }

  #addHeading(node: Extract<MdastNode, { type: 'heading' }>, kind: PassageKind): void {
    const place = this.#placeOf(node);
    const title = plainText(node);
    this.headings.push({ depth: node.depth, place });
    if (node.depth === 2) this.sections.push({ id: headingId(node), title, place, passages: [] });
    this.#addPassage({ text: title, kind, isHeading: true, place });
    this.#addLinks(node);
  }

  #addPicture(node: Readonly<MdastNode>, text: string): void {
    const place = this.#placeOf(node);
    this.pictures.push({ text, place });
    if (text !== '') this.#addPassage({ text, kind: 'picture', isHeading: false, place });
  }

  #addPassage(passage: Passage): void {
    (this.sections.at(-1)?.passages ?? this.opening).push(passage);
  }

  #addLinks(node: Readonly<MdastNode>): void {
    if (node.type === 'link') this.links.push({ address: node.url, place: this.#placeOf(node) });
    if (node.type === 'image') this.#addPicture(node, node.alt ?? '');
    if ('children' in node) for (const child of node.children) this.#addLinks(child);
  }

  #placeOf(node: Readonly<MdastNode>): Place {
    return placeOf(node, this.#chapter);
  }
}

/** What is said for a drawing to those who do not see it: its label, or its title and description. */
export function pictureText(svg: Tag): string {
  const label = svg.attributes.find(
    (attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === 'aria-label',
  );
  if (typeof label?.value === 'string') return label.value.trim();
  const said = svg.children.filter((child) => isTag(child, 'title') || isTag(child, 'desc'));
  return said.map(plainText).join('. ').trim();
}
