/** A program in Markdown: its files by name, what it printed, and what a server was asked and answered. */
import { stripVTControlCharacters } from 'node:util';
import type { Paragraph, RootContent } from 'mdast';
import { printTarget } from '../../snippet/requests.ts';
import type { ProgramBlock } from '../../snippet/programs.ts';
import type { RecordedResponse, Recording, Snippet, SnippetRequest } from '../../snippet/snippet.ts';
import { fence, inlineCode, paragraph, strong } from './blocks.ts';

/** The whole program with what real Node printed. */
export function programBlocks({ snippet, nodes }: ProgramBlock, recording: Recording): RootContent[] {
  const files = nodes.map(({ node, file }) => ({ file, lang: node.lang ?? '', code: node.value }));
  return [
    ...fileBlocks(files, snippet.title),
    ...commandBlocks(snippet),
    ...outputBlocks(snippet, recording),
    ...snippet.requests.flatMap((request, index) => exchangeBlocks(request, recording.exchanges[index])),
  ];
}

/** Files under their names, the first one under the title as well. */
export function fileBlocks(
  files: readonly { readonly file: string; readonly lang: string; readonly code: string }[],
  title: string,
): RootContent[] {
  const [first, ...others] = files;
  if (!first) return [];
  const blocks: RootContent[] = [paragraph(strong(title), ', ', inlineCode(first.file), ':')];
  blocks.push(fence(first.lang, first.code));
  for (const { file, lang, code } of others) blocks.push(paragraph(inlineCode(file), ':'), fence(lang, code));
  return blocks;
}

/** How it is called, where that is more than `node main.mjs`, and what it is given to read. */
function commandBlocks({ kind, args, env, entry, stdin }: Snippet): RootContent[] {
  const blocks: RootContent[] = [];
  if (kind === 'repl') blocks.push(paragraph('Typed into the REPL of Node, line by line.'));
  else if (args.length > 0 || Object.keys(env).length > 0 || !entry.startsWith('main.')) {
    const variables = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`);
    blocks.push(
      paragraph('Run as ', inlineCode([...variables, 'node', entry, ...args.map(quoted)].join(' ')), '.'),
    );
  }
  if (stdin !== undefined) blocks.push(paragraph('Standard input:'), fence('text', stdin));
  return blocks;
}

function outputBlocks({ kind, isVarying }: Snippet, { stdout, stderr, exitCode }: Recording): RootContent[] {
  const blocks: RootContent[] = [];
  const streams: [says: Paragraph, printed: string][] = [
    [paragraph(isVarying ? 'Prints, for example:' : 'Prints:'), stdout],
    [paragraph('Prints on ', inlineCode('stderr'), ':'), stderr],
  ];
  for (const [says, printed] of streams) {
    if (printed !== '') blocks.push(says, fence('text', stripVTControlCharacters(printed)));
  }
  if (blocks.length === 0) blocks.push(paragraph('The program prints nothing.'));
  if (kind === 'server') blocks.push(paragraph('It serves until it is stopped.'));
  else if (exitCode !== 0) blocks.push(paragraph(`It exits with code ${exitCode}.`));
  return blocks;
}

function exchangeBlocks(request: SnippetRequest, answer: RecordedResponse | undefined): RootContent[] {
  const { title, method, headers, body } = request;
  const asked = messageText(`${method} ${printTarget(request)}`, headers, body ?? '');
  const blocks: RootContent[] = [
    paragraph(title === undefined ? 'Request:' : `Request, ${title}:`),
    fence('http', asked),
  ];
  if (answer) {
    const first = `HTTP/1.1 ${answer.status} ${answer.statusText}`.trimEnd();
    blocks.push(paragraph('Answer:'), fence('http', messageText(first, answer.headers, bodyText(answer))));
  }
  return blocks;
}

function messageText(first: string, headers: SnippetRequest['headers'], body: string): string {
  const head = [first, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return body === '' ? head : `${head}\n\n${body}`;
}

/** The body; of what is not text, how much it is. */
function bodyText({ body, encoding }: RecordedResponse): string {
  if (encoding === undefined) return stripVTControlCharacters(body);
  return `(${Buffer.from(body, encoding).length} bytes that are not text)`;
}

/** A word as a shell needs it. */
function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
