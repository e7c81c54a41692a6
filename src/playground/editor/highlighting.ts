/** Colours of code: the classes that Shiki's transformer gives to the static code. */
import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';

/** Classes by what a piece of code is. */
export const highlighter = tagHighlighter([
  { tag: tags.comment, class: 'code-comment' },
  { tag: [tags.string, tags.escape, tags.special(tags.string)], class: 'code-string' },
  { tag: tags.number, class: 'code-number' },
  {
    tag: [tags.bool, tags.null, tags.atom, tags.self, tags.regexp, tags.standard(tags.name)],
    class: 'code-constant',
  },
  { tag: [tags.keyword, tags.operator, tags.special(tags.brace)], class: 'code-keyword' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.function(tags.definition(tags.variableName)),
    ],
    class: 'code-function',
  },
  { tag: [tags.typeName, tags.className, tags.definition(tags.className)], class: 'code-type' },
  { tag: tags.definition(tags.propertyName), class: 'code-property' },
  {
    tag: [
      tags.punctuation,
      tags.bracket,
      tags.definitionOperator,
      tags.derefOperator,
      tags.updateOperator,
      tags.function(tags.punctuation),
    ],
    class: 'code-punctuation',
  },
]);

/** Code as coloured text in an element of its own; nothing of it is taken for HTML. */
export function renderCode(code: string, language: 'javascript' | 'typescript'): HTMLElement {
  const element = document.createElement('code');
  const { parser } = language === 'typescript' ? typescriptLanguage : javascriptLanguage;
  highlightCode(
    code,
    parser.parse(code),
    highlighter,
    (text, classes) => {
      const span = document.createElement('span');
      span.className = classes;
      span.textContent = text;
      element.append(classes === '' ? text : span);
    },
    () => element.append('\n'),
  );
  return element;
}
