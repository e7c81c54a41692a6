/** Ids that are unique in a chapter, made unique in the book. */
import type { ElementContent, Properties } from 'hast';

/** The node with `prefix` before every id in it, and before every mention of one. */
export function prefixed(node: ElementContent, prefix: string): ElementContent {
  if (node.type !== 'element') return node;
  const isLink = node.tagName === 'a';
  const properties: Properties = {};
  for (const [name, value] of Object.entries(node.properties))
    properties[name] = typeof value === 'string' ? prefixValue(name, value, prefix, isLink) : value;
  return { ...node, properties, children: node.children.map((child) => prefixed(child, prefix)) };
}

function prefixValue(name: string, value: string, prefix: string, isLink: boolean): string {
  if (name === 'id') return `${prefix}${value}`;
  // A link to another chapter has its prefix already.
  if (name === 'href' && !isLink) return value.replace(/^#/, `#${prefix}`);
  return value.replace(/url\(#/g, `url(#${prefix}`);
}
