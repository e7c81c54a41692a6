/** What a name is, as the inside of a tooltip. */
import type { Description } from '../types/protocol.ts';
import { parseDocumentation } from './documentation.ts';
import { renderCode } from './highlighting.ts';

/** Signature and documentation; text only, whatever they hold. */
export function renderDescription({ signature, documentation }: Description): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cm-describe';
  // It scrolls, so the keyboard must reach it.
  element.tabIndex = 0;
  element.role = 'group';
  element.ariaLabel = 'What it is';
  const declaration = document.createElement('pre');
  declaration.append(renderCode(signature, 'typescript'));
  element.append(declaration);
  for (const block of parseDocumentation(documentation)) {
    if (block.kind === 'code') {
      const example = document.createElement('pre');
      example.append(renderCode(block.text, 'typescript'));
      element.append(example);
      continue;
    }
    const paragraph = document.createElement('p');
    for (const { isCode, text } of block.inlines) {
      const code = document.createElement('code');
      code.textContent = text;
      paragraph.append(isCode ? code : text);
    }
    element.append(paragraph);
  }
  return element;
}
