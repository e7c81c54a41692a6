/** Colours of code as classes, so that both themes come from the page's style sheet, and the file's name on its block. */
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
      // Text in the plain colour needs no element around it.
      node.children = node.children.flatMap((child) =>
        child.type === 'element' && child.properties['class'] === undefined ? child.children : [child],
      );
    },
  };
}
