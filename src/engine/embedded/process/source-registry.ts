/** The texts that this process evaluated, by the name that stack frames give them. */
import { applyEdits, originalColumn, originalOffset } from './esm/edits.ts';
import type { Edit } from './esm/edits.ts';
import type { FindSourceUrl } from './source-url.ts';

/** A file of the program, or a module of Node's library. */
export interface EvaluatedSource {
  readonly text: string;
  /** What the evaluated text changes. */
  readonly edits: readonly Edit[];
  /** Lines that the evaluated text has before those of `text`; 0 unless said. */
  readonly headLines?: number;
  /** What the program adds to all line numbers. */
  readonly lineOffset?: number;
  /** What the program adds to the columns of the first line. */
  readonly columnOffset?: number;
  /** Where `eval` or `Function` got the text from, if it is theirs. */
  readonly evaluated?: EvaluatedText;
}

/** What only text has that is in no file. */
export interface EvaluatedText {
  /** In V8's words. */
  readonly origin: string;
  /** Whether it names itself. */
  readonly isNamed: boolean;
}

/** A place in a file, both from 1. */
export interface Position {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** What was evaluated, where the name alone does not tell. */
  readonly source?: EvaluatedSource;
}

/** The position of an offset in a text. */
export function positionAt(name: string, text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { name, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The position of an offset in an evaluated source, with what the program adds to lines and columns. */
export function positionIn(name: string, source: EvaluatedSource, offset: number): Position {
  const { line, column } = positionAt(name, source.text, offset);
  const { lineOffset = 0, columnOffset = 0 } = source;
  return { name, line: line + lineOffset, column: column + (line === 1 ? columnOffset : 0), source };
}

/** Line and column in the source's own text, without what the program adds. */
export function placeInText({ line, column, source }: Position): { line: number; column: number } {
  const own = line - (source?.lineOffset ?? 0);
  return { line: own, column: own === 1 ? column - (source?.columnOffset ?? 0) : column };
}

export class SourceRegistry {
  readonly #sources = new Map<string, EvaluatedSource>();
  /** How many different sources a name has had. */
  readonly #counts = new Map<string, number>();
  readonly #evaluated = new WeakMap<EvaluatedSource, string>();
  readonly #librarySource: (id: string) => string | undefined;
  readonly #findSourceUrl: FindSourceUrl;

  /** `librarySource` tells the text of `node:<id>`, `findSourceUrl` the name that a text gives itself. */
  constructor(
    librarySource: (id: string) => string | undefined,
    findSourceUrl: FindSourceUrl = () => undefined,
  ) {
    this.#librarySource = librarySource;
    this.#findSourceUrl = findSourceUrl;
  }

  /** Remembers a source; returns the comment that gives the evaluated text its name. */
  add(name: string, source: EvaluatedSource): string {
    const key = encodeName(this.#findSourceUrl(source.text) ?? name);
    const count = this.#countOf(key, source);
    this.#sources.set(numbered(key, count), source);
    return `\n//# sourceURL=${numbered(key, count)}`;
  }

  /** Two scripts may have one name: a number keeps them apart. */
  #countOf(key: string, source: EvaluatedSource): number {
    const count = this.#counts.get(key) ?? 1;
    const present = this.#sources.get(numbered(key, count));
    const isNew = present !== undefined && isOther(present, source);
    // Of texts that one place evaluates again and again, the oldest are forgotten.
    const next = isNew ? (source.evaluated ? (count % keptTexts) + 1 : count + 1) : count;
    this.#counts.set(key, next);
    return next;
  }

  /** Remembers text that `eval` or `Function` gets; returns the comment that names it, empty if it names itself. */
  addEvaluated(origin: string, source: EvaluatedSource): string {
    const own = this.#findSourceUrl(source.text);
    const isNamed = own !== undefined;
    const key = encodeName(own ?? origin);
    const evaluated = { ...source, evaluated: { origin, isNamed } };
    const count = isNamed ? 1 : this.#countOf(key, evaluated);
    const present = this.#sources.get(numbered(key, count));
    // A file keeps its name.
    if (!present || present.evaluated) this.#sources.set(numbered(key, count), evaluated);
    return isNamed ? '' : `\n//# sourceURL=${numbered(key, count)}`;
  }

  /** Evaluated text without the comment that `addEvaluated` gave it, and its origin, if it has them. */
  withoutOwnName(code: string): { code: string; origin?: string } {
    const [comment = '', name = ''] = ownComment.exec(code) ?? [];
    const origin = this.#sources.get(name)?.evaluated?.origin;
    return origin === undefined ? { code } : { code: code.slice(0, -comment.length), origin };
  }

  /** The texts of the program that were evaluated: name and text. */
  files(): [name: string, text: string][] {
    return [...this.#sources].map(([name, { text }]) => [decodeName(name), text]);
  }

  /** The file's own text; undefined when it was not evaluated here. */
  text(name: string): string | undefined {
    if (name.startsWith('node:')) return this.#librarySource(name.slice('node:'.length));
    const key = encodeName(name);
    return this.#sources.get(numbered(key, this.#counts.get(key) ?? 1))?.text;
  }

  /** The own text of the file that a position is in; undefined when it was not evaluated here. */
  textAt({ name, source }: Position): string | undefined {
    return source?.text ?? this.text(name);
  }

  /** The line of the file's own text that a position is in. */
  lineAt(position: Position): string | undefined {
    return this.textAt(position)?.split('\n')[placeInText(position).line - 1];
  }

  /** A piece of an evaluated text as the file has it; the same where no file has it in another form. */
  originalText(piece: string): string {
    for (const source of this.#sources.values()) {
      const at = source.edits.length === 0 ? -1 : this.#evaluatedText(source).indexOf(piece);
      if (at < 0) continue;
      const from = originalOffset(source.edits, at);
      return source.text.slice(from, originalOffset(source.edits, at + piece.length));
    }
    return piece;
  }

  #evaluatedText(source: EvaluatedSource): string {
    let text = this.#evaluated.get(source);
    if (text === undefined) {
      text = applyEdits(source.text, source.edits);
      this.#evaluated.set(source, text);
    }
    return text;
  }

  /** Whether a position of the evaluated text is in what was put before the file's own first character. */
  isBeforeText({ name, line, column }: Position): boolean {
    const source = this.#sources.get(encodeName(name));
    const first = source?.edits[0];
    if (!first || first.at > 0 || first.remove > 0) return false;
    return line === 1 + (source.headLines ?? 0) && column <= first.insert.length;
  }

  /** Where a position of the evaluated text stands in the file. */
  original({ name, line, column }: Position): Position {
    const source = this.#sources.get(encodeName(name));
    if (!source) return { name, line, column };
    const { text, edits, headLines = 0, lineOffset = 0, columnOffset = 0 } = source;
    const lines = text.split('\n');
    const own = line - headLines;
    const start = lines.slice(0, own - 1).reduce((offset, each) => offset + each.length + 1, 0);
    const end = start + (lines[own - 1]?.length ?? 0);
    const first = own === 1 ? columnOffset : 0;
    return {
      name: source.evaluated ? (source.evaluated.isNamed ? name : nameless) : decodeName(name),
      line: own + lineOffset,
      column: originalColumn(edits, start, end, column - 1) + 1 + first,
      source,
    };
  }
}

function isOther(one: EvaluatedSource, other: EvaluatedSource): boolean {
  const members = ['text', 'headLines', 'lineOffset', 'columnOffset'] as const;
  return members.some((member) => one[member] !== other[member]);
}

function numbered(key: string, count: number): string {
  return count === 1 ? key : `${key}${mark}${count}`;
}

/** Stands between a name and a number; in no file's name. */
const mark = '\u2063';
const anonymous = '<anonymous>';
/** What Node calls evaluated text without a name. */
const nameless = '<anonymous_script>';
/** The comment of an evaluated text whose name is its origin. */
const ownComment = /\n\/\/# sourceURL=(eval%20at%20\S*)$/;
/** Texts that are remembered of one place that evaluates. */
const keptTexts = 100;

// V8 ignores names with white space or quotes in them.
function encodeName(name: string): string {
  return name === '' ? anonymous : name.replace(/[\s'"]/g, encodeURIComponent);
}

function decodeName(encoded: string): string {
  const [name = encoded] = encoded.split(mark);
  return name.startsWith('file:') ? name : name.replace(/%20/g, ' ');
}
