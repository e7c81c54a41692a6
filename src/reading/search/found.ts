/** What Pagefind answers → what a reader is shown: chapters with their sections and programs. */

/** A page with what was found in it, as Pagefind gives it. */
export interface Fragment {
  readonly url: string;
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
  /** Places of the found words among the words of `content`. */
  readonly locations: readonly number[];
  readonly sub_results: readonly SubResult[];
}

/** A section of it; the first may be the page itself, without an anchor. */
export interface SubResult {
  readonly title: string;
  readonly url: string;
  /** Text in which `<`, `>` are escaped and found words are marked. */
  readonly excerpt: string;
  readonly anchor?: { readonly element: string };
  readonly weighted_locations: readonly { readonly balanced_score: number }[];
}

/** A piece of text: a found word, or what stands between. */
export interface Piece {
  readonly text: string;
  readonly isFound: boolean;
}

/** A section or a program of a page. */
export interface FoundSection {
  readonly href: string;
  readonly title: readonly Piece[];
  readonly isProgram: boolean;
  readonly excerpt: readonly Piece[];
}

/** A page of the book, its best sections first. */
export interface FoundPage {
  readonly href: string;
  readonly title: readonly Piece[];
  /** Where it stands: `Chapter 4, in part 1, Understanding Node`. */
  readonly place: string;
  /** From its beginning, where something was found there. */
  readonly excerpt: readonly Piece[];
  readonly sections: readonly FoundSection[];
  /** Whether it has all words as they were typed, not only others of their kind. */
  readonly isLiteral: boolean;
}

/** Lines of a program that a result shows. */
const lineCount = 3;

/** The words of a query, as they are looked for in texts. */
export function termsOf(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
}

/**
 * Makes a page of what was found in it, or nothing: where no word fits, Pagefind goes on with the first letters of a word, and
 * finds what nobody looked for.
 */
export function foundPage(fragment: Fragment, query: string): FoundPage | undefined {
  const terms = termsOf(query);
  const words = fragment.content.split(/\s+/);
  const found = fragment.locations.map((at) => words[at] ?? '');
  if (!terms.every((term) => found.some((word) => isAkin(word, term)))) return undefined;
  const { meta, url } = fragment;
  const ranked = fragment.sub_results
    .map((result) => ({ result, section: sectionOf(result, terms), score: scoreOf(result, terms) }))
    .toSorted((a, b) => b.score - a.score);
  const isWhole = ({ result }: (typeof ranked)[number]) => result.url === url;
  return {
    href: url,
    title: marked(meta['title'] ?? '', terms),
    place: [meta['chapter'] && `Chapter ${meta['chapter']}`, meta['part']].filter(Boolean).join(' · '),
    excerpt: ranked.find(isWhole)?.section.excerpt ?? [],
    sections: ranked.filter((each) => !isWhole(each)).map(({ section }) => section),
    isLiteral: terms.every((term) => fragment.content.toLowerCase().includes(term)),
  };
}

/** Whether a word of the text is what was looked for: it has it in it, or begins with most of it, as `emitters` for `emitter`. */
export function isAkin(word: string, term: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const [whole, wanted] = [letters(word), letters(term)];
  if (whole.includes(wanted)) return true;
  const least = Math.max(3, Math.ceil(wanted.length * 0.6));
  const parts = word.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).map(letters);
  return [whole, ...parts].some((part) => sharedStart(part, wanted) >= least);
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function sectionOf({ title, url, excerpt, anchor }: SubResult, terms: readonly string[]): FoundSection {
  const isProgram = anchor?.element === 'h4';
  const pieces = withoutTitle(piecesOf(excerpt), title);
  return {
    href: url,
    title: marked(title, terms),
    isProgram,
    excerpt: (isProgram ? linesOf(pieces) : onOneLine(pieces)).flatMap((piece) => narrowed(piece, terms)),
  };
}

/** Sections that have the words as they were typed stand before those that have others of their kind. */
function scoreOf({ title, excerpt, weighted_locations }: SubResult, terms: readonly string[]): number {
  const text = `${title} ${excerpt}`.toLowerCase();
  const literal = terms.filter((term) => text.includes(term)).length;
  return literal * 1e6 + weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
}

function piecesOf(excerpt: string): Piece[] {
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((part, index) => ({
    text: part.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    isFound: index % 2 === 1,
  }));
}

/** An excerpt begins within its heading, which stands above it already. */
function withoutTitle(pieces: readonly Piece[], title: string): Piece[] {
  const text = pieces.map((piece) => piece.text).join('');
  const words = title.trim().split(/\s+/);
  for (let at = 0; at < words.length; at += 1) {
    const rest = words.slice(at).join(' ');
    const length = text.startsWith(rest)
      ? /^[.?!:]*(?:\s+|$)/.exec(text.slice(rest.length))?.[0].length
      : undefined;
    if (length !== undefined) return dropStart(pieces, rest.length + length);
  }
  return [...pieces];
}

function dropStart(pieces: readonly Piece[], count: number): Piece[] {
  let left = count;
  return pieces.flatMap((piece) => {
    const text = piece.text.slice(left);
    left = Math.max(0, left - piece.text.length);
    return text === '' ? [] : [{ ...piece, text }];
  });
}

/** Code has its lines back, from the one with the first found word. */
function linesOf(pieces: readonly Piece[]): Piece[] {
  const lines: Piece[][] = [[]];
  for (const { text, isFound } of pieces) {
    const parts = text
      .replace(/\s*␤(␠*) ?/g, (_, indent: string) => `\n${' '.repeat(indent.length)}`)
      .split('\n');
    for (const [index, part] of parts.entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push({ text: part, isFound });
    }
  }
  const first = Math.max(
    0,
    lines.findIndex((line) => line.some(({ isFound }) => isFound)),
  );
  const shown = lines
    .slice(first, first + lineCount)
    .filter((line) => line.some(({ text }) => text.trim() !== ''));
  const indents = shown.map((line) => /^ */.exec(line.map(({ text }) => text).join(''))?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return shown.flatMap((line, index) => [
    ...(index > 0 ? [{ text: '\n', isFound: false }] : []),
    ...dropStart(line, indent),
  ]);
}

/** Text is cut at words: signs say where it goes on. */
function onOneLine(pieces: readonly Piece[]): Piece[] {
  const line = pieces.map(({ text, isFound }) => ({ text: text.replace(/\s*␤␠*/g, ''), isFound }));
  const [first, last] = [line[0]?.text ?? '', line.at(-1)?.text.trimEnd() ?? ''];
  const more = { text: '…', isFound: false };
  return [
    ...(/^\p{Ll}/u.test(first) ? [more] : []),
    ...line,
    ...(/[\p{L}\p{N},;]$/u.test(last) ? [more] : []),
  ];
}

/** Pagefind marks what stands between spaces; a reader looked for less of `fs.promises.readFile(path)`. */
function narrowed(piece: Piece, terms: readonly string[]): Piece[] {
  if (!piece.isFound) return [piece];
  const pieces = marked(piece.text, terms);
  return pieces.some(({ isFound }) => isFound) ? pieces : [piece];
}

function marked(text: string, terms: readonly string[]): Piece[] {
  if (terms.length === 0) return [{ text, isFound: false }];
  const any = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  return text
    .split(new RegExp(`(${any})`, 'giu'))
    .map((part, index) => ({ text: part, isFound: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
