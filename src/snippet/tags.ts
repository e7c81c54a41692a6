/** The three tags that an author writes around Markdown: their attributes, read once and checked. */
import type { MdastNode } from 'satteri';
import { SnippetError, type Place } from './snippet-error.ts';

/** A tag on lines of its own, with Markdown in it. */
export type Tag = Extract<MdastNode, { type: 'mdxJsxFlowElement' }>;

/** Tags whose content is not the chapter's own text: fences in them belong to no program. */
export const ownTags: readonly string[] = ['Exercise', 'Quiz'];

/** Whether a node is a tag of this name. */
export function isTag(node: Readonly<MdastNode>, name: string): node is Tag {
  return node.type === 'mdxJsxFlowElement' && node.name === name;
}

/** Every tag of a name in a chapter, in order. */
export function findTags(tree: Readonly<MdastNode>, name: string): Tag[] {
  if (isTag(tree, name)) return [tree];
  return 'children' in tree ? tree.children.flatMap((child) => findTags(child, name)) : [];
}

/** Where a node begins; the tree needs positions. */
export function placeOf(node: Readonly<MdastNode>, chapter: string): Place {
  if (!node.position) throw new Error('the tree was parsed without positions');
  return { chapter, line: node.position.start.line };
}

/** Values of a tag's attributes, each of which is known, plain text, and there. Throws a `SnippetError` that lists them. */
export function readAttributes<Key extends string>(
  tag: Tag,
  keys: readonly Key[],
  place: Place,
): Record<Key, string> {
  const known = keys.length > 0 ? `Known keys: ${keys.join(', ')}.` : 'It takes no keys.';
  const values = new Map<string, string>();
  for (const attribute of tag.attributes) {
    const key = attribute.type === 'mdxJsxAttribute' ? attribute.name : '{…}';
    if (attribute.type !== 'mdxJsxAttribute' || !keys.some((candidate) => candidate === key))
      throw new SnippetError(place, `<${tag.name}>: "${key}" is not a known key. ${known}`);
    if (typeof attribute.value !== 'string')
      throw new SnippetError(place, `<${tag.name}>: "${key}" needs plain text: ${key}="…".`);
    values.set(key, attribute.value.trim());
  }
  for (const key of keys) {
    if (!values.get(key)) throw new SnippetError(place, `<${tag.name}> needs ${key}="…". ${known}`);
  }
  const name = values.get('name');
  if (name !== undefined && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    throw new SnippetError(
      place,
      `<${tag.name}>: name="${name}" is not a name: lower-case words joined by hyphens.`,
    );
  }
  // True: the loop above found a value for each key.
  return Object.fromEntries(values) as Record<Key, string>;
}
