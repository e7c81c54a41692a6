/** The texts that this process evaluated, by the name that stack frames give them. */
import { originalColumn } from './esm/edits.ts';
import type { Edit } from './esm/edits.ts';

/** A file of the program, or a module of Node's library. */
export interface EvaluatedSource {
  readonly text: string;
  /** What the evaluated text changes. */
  readonly edits: readonly Edit[];
}

/** A place in a file, both from 1. */
export interface Position {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** The position of an offset in a text. */
export function positionAt(name: string, text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { name, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

export class SourceRegistry {
  readonly #sources = new Map<string, EvaluatedSource>();
  readonly #librarySource: (id: string) => string | undefined;

  /** `librarySource` tells the text of `node:<id>`. */
  constructor(librarySource: (id: string) => string | undefined) {
    this.#librarySource = librarySource;
  }

  /** Remembers a source; returns the comment that gives the evaluated text its name. */
  add(name: string, source: EvaluatedSource): string {
    this.#sources.set(encodeName(name), source);
    return `\n//# sourceURL=${encodeName(name)}`;
  }

  /** The files of the program that were evaluated: name and text. */
  files(): [name: string, text: string][] {
    return [...this.#sources].map(([name, { text }]) => [decodeName(name), text]);
  }

  /** The file's own text; undefined when it was not evaluated here. */
  text(name: string): string | undefined {
    if (name.startsWith('node:')) return this.#librarySource(name.slice('node:'.length));
    return this.#sources.get(encodeName(name))?.text;
  }

  /** A line of the file's own text, from 1. */
  line(name: string, line: number): string | undefined {
    return this.text(name)?.split('\n')[line - 1];
  }

  /** Where a position of the evaluated text stands in the file. */
  original({ name, line, column }: Position): Position {
    const source = this.#sources.get(encodeName(name));
    if (!source) return { name, line, column };
    const lines = source.text.split('\n');
    const start = lines.slice(0, line - 1).reduce((offset, text) => offset + text.length + 1, 0);
    const end = start + (lines[line - 1]?.length ?? 0);
    return { name: decodeName(name), line, column: originalColumn(source.edits, start, end, column - 1) + 1 };
  }
}

// V8 ignores names with white space or quotes in them.
function encodeName(name: string): string {
  return name.replace(/[\s'"]/g, encodeURIComponent);
}

function decodeName(name: string): string {
  return name.startsWith('file:') ? name : name.replace(/%20/g, ' ');
}
