/** A program's plate → a figure: title, files, how it is called, what it printed, what it was asked and answered. */
import type { Element, ElementContent, Text } from 'hast';
import { h } from 'hastscript';
import { matches, select, selectAll } from 'hast-util-select';
import { toString } from 'hast-util-to-string';

/** Colours of code that are kept: what a page of one ink can tell apart. */
const keptColors = ['comment', 'keyword', 'string', 'number', 'constant'];

/** The figure of a program, its output included. */
export function plainProgram(plate: Element): Element {
  const id = String(plate.properties['dataSnippet'] ?? '');
  const title = textOf(plate, '[data-part=title]');
  return h('figure.program', { id: `program-${id.slice(id.lastIndexOf('/') + 1)}`, dataProgram: id }, [
    h('figcaption', h('strong', title)),
    ...plainFiles(plate),
    ...command(plate),
    ...output(plate),
    ...selectAll('.exchange', plate).flatMap(exchange),
  ]);
}

/** The files of a program or of a solution, each under its name. */
export function plainFiles(parent: Element): Element[] {
  return selectAll('pre[data-file]', parent).flatMap((block) => [
    h('p.file', h('code', String(block.properties['dataFile']))),
    plainBlock(block),
  ]);
}

/** A block of code whose lines wrap to where they begin. */
export function plainBlock(block: Element): Element {
  const lines = selectAll('.line', block);
  if (lines.length === 0) return h('pre', h('code', toString(block)));
  return h('pre.code', h('code', joined(lines.map(plainLine))));
}

function plainLine(line: Element): Element {
  const indent = /^ */.exec(toString(line))?.[0].length ?? 0;
  return h(`span.line.in-${Math.min(indent, widestIndent)}`, line.children.map(plainToken));
}

/** The deepest indentation that has a style. */
export const widestIndent = 24;

function plainToken(node: ElementContent): ElementContent {
  const color = keptColors.find((name) => node.type === 'element' && matches(`.code-${name}`, node));
  return color === undefined ? text(toString(node)) : h(`span.${color}`, toString(node));
}

function command(plate: Element): Element[] {
  const blocks: Element[] = [];
  const typed = select('.plate-command code', plate);
  if (typed) blocks.push(h('p.label', ['Run as ', h('code', toString(typed))]));
  const input = select('.plate-stdin pre', plate);
  if (input) blocks.push(h('p.label', 'Standard input'), h('pre.output', toString(input)));
  return blocks;
}

function output(plate: Element): Element[] {
  // The answer to an exercise has printed nothing yet.
  const log = select('[data-part=log]', plate);
  if (!log || log.properties['dataRecorded'] !== 'true') return [];
  const streams = selectAll('[data-stream]', log).flatMap((stream) => {
    const isError = stream.properties['dataStream'] === 'stderr';
    const printed = toString(isError ? (select('span:last-child', stream) ?? stream) : stream);
    return [
      h('p.label', isError ? ['Prints on ', h('code', 'stderr')] : 'Prints'),
      h('pre.output', printed.replace(/\n$/, '')),
    ];
  });
  if (streams.length === 0) streams.push(h('p.label', 'The program prints nothing.'));
  const result = textOf(plate, '[data-part=result]');
  return result === '' ? streams : [...streams, h('p.label', result)];
}

function exchange(element: Element): Element[] {
  const line = textOf(element, '.exchange-line');
  const title = textOf(element, '.exchange-title');
  const messages = selectAll('.exchange-messages > div', element).map((message) => {
    const first = textOf(message, 'dd > p');
    const [head, body] = [
      select('.exchange-headers', message),
      select('pre:not(.exchange-headers)', message),
    ];
    const lines = [first, ...(head ? [toString(head)] : [])].join('\n');
    return h('pre.output', body ? `${lines}\n\n${toString(body)}` : lines);
  });
  return [h('p.label', title === '' ? line : [h('strong', title), ` ${line}`]), ...messages];
}

function textOf(parent: Element, selector: string): string {
  const found = select(selector, parent);
  return found ? toString(found).trim() : '';
}

function joined(lines: readonly Element[]): ElementContent[] {
  return lines.flatMap((line, index) => (index === 0 ? [line] : [text('\n'), line]));
}

function text(value: string): Text {
  return { type: 'text', value };
}
