/** Colours of code as classes, so that both themes come from the page's style sheet, and the file's name on its block. */
import type { ElementContent } from 'hast';
import type { ShikiTransformer, ThemeRegistration } from 'shiki';

/** Each colour of code with the scopes of the grammar that have it; `--code-<name>` in the style sheet. */
const scopes = {
  comment: ['comment', 'punctuation.definition.comment'],
  string: ['string', 'punctuation.definition.string', 'constant.character.escape'],
  number: ['constant.numeric'],
  constant: ['constant.language', 'variable.language', 'support.constant', 'constant.other', 'string.regexp'],
  keyword: ['keyword', 'storage', 'punctuation.definition.template-expression', 'entity.name.tag'],
  function: ['entity.name.function', 'support.function', 'entity.name.command', 'support.function.builtin'],
  type: [
    'entity.name.type',
    'entity.name.class',
    'support.class',
    'support.type',
    'entity.other.inherited-class',
  ],
  property: [
    'support.type.property-name',
    'meta.object-literal.key',
    'entity.name.tag.yaml',
    'entity.other.attribute-name',
  ],
  parameter: ['variable.parameter'],
  punctuation: [
    'punctuation',
    'meta.brace',
    'keyword.operator.assignment',
    'keyword.operator.type.annotation',
    'storage.type.function.arrow',
  ],
  foreground: ['meta.template.expression', 'string source', 'keyword.operator.accessor', 'variable.other'],
} as const;

/** A theme whose colours are the custom properties of the page. */
export const codeTheme: ThemeRegistration = {
  name: 'loopbook',
  type: 'light',
  colors: { 'editor.foreground': 'var(--code-foreground)', 'editor.background': 'var(--code-background)' },
  tokenColors: Object.entries(scopes).map(([name, scope]) => ({
    scope: [...scope],
    settings: { foreground: `var(--code-${name})` },
  })),
};

/** The words on a block's opening line that say all that the transformer needs. */
export function blockMeta(file: string, isReadOnly: boolean): string {
  return isReadOnly ? `file=${file} readonly` : `file=${file}`;
}

/** Stamps `data-file` and `data-read-only` on the block, and turns each inline colour into a class such as `code-keyword`. */
export function snippetTransformer(): ShikiTransformer {
  return {
    name: 'snippet',
    preprocess(_code, options) {
      // The same colours on a busy machine: without it a line that takes half a second has none.
      options.tokenizeTimeLimit = 0;
    },
    pre(node) {
      delete node.properties['style'];
      node.properties['class'] = 'code';
      const [, file, isReadOnly] = /^file=(\S+)( readonly)?$/.exec(this.options.meta?.__raw ?? '') ?? [];
      if (file) node.properties['data-file'] = file;
      if (isReadOnly) node.properties['data-read-only'] = '';
    },
    span(node) {
      const { style } = node.properties;
      const name = typeof style === 'string' ? /color:var\(--(code-[a-z]+)\)/.exec(style)?.[1] : undefined;
      delete node.properties['style'];
      if (name && name !== 'code-foreground') node.properties['class'] = name;
    },
    line(node) {
      node.children = fewestElements(node.children);
    },
    code(node) {
      // The browser lays out the code of a long chapter where the reader comes to it, and has its size before.
      const columns = Math.max(0, ...this.source.split('\n').map(({ length }) => length));
      node.properties['style'] = `contain-intrinsic-size:${columns}ch ${this.lines.length}lh`;
    },
  };
}

/** The tokens of a line, neighbours of one colour as one, without an element around text in the plain colour. */
function fewestElements(tokens: readonly ElementContent[]): ElementContent[] {
  const merged: { color: unknown; value: string }[] = [];
  for (const token of tokens) {
    const color = token.type === 'element' ? token.properties['class'] : undefined;
    const value = textOf(token);
    const last = merged.at(-1);
    // Blank text has no colour that shows.
    if (last && (last.color === color || value.trim() === '')) last.value += value;
    else merged.push({ color, value });
  }
  return merged.map(({ color, value }): ElementContent => {
    const text = { type: 'text', value } as const;
    if (typeof color !== 'string') return text;
    return { type: 'element', tagName: 'span', properties: { class: color }, children: [text] };
  });
}

function textOf(node: ElementContent): string {
  if (node.type === 'element') return node.children.map(textOf).join('');
  return node.type === 'text' ? node.value : '';
}
