/** A drawing of the page → one that stands alone: colours and faces are values, not the page's variables. */
import type { Element, ElementContent } from 'hast';
import { colorOf } from '../colors.ts';

/** The drawing with values for variables, and without what it takes from a page. */
export function plainPicture(picture: Element): Element {
  const { width, height, ...properties } = picture.properties;
  return resolved({ ...picture, properties: { ...properties, className: ['picture'], width, height } });
}

function resolved(element: Element): Element {
  return {
    ...element,
    properties: Object.fromEntries(
      Object.entries(element.properties).map(([name, value]) => [
        name,
        typeof value === 'string' ? resolveValue(value) : value,
      ]),
    ),
    children: element.children.map((child): ElementContent =>
      child.type === 'element' ? resolved(child) : child,
    ),
  };
}

/** `var(--accent, currentColor)` → `#0a5566`. */
function resolveValue(value: string): string {
  return value
    .replace(/var\(\s*--face-code[^)]*\)/g, 'monospace')
    .replace(/var\(\s*--face-[^)]*\)/g, 'sans-serif')
    .replace(/var\(\s*--([\w-]+)[^)]*\)/g, (_, name: string) => colorOf(name))
    .replaceAll('currentColor', colorOf('ink'));
}
