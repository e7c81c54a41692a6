/** Places of a program's files in what it printed: the lines of a stack trace, the caret line of a syntax error. */

/** A place in a file; line and column count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A place in a text: where it stands, and what it names. */
export interface FoundPlace extends FilePlace {
  readonly start: number;
  readonly end: number;
}

/** An error and where the program failed. */
export interface PlacedError extends FilePlace {
  readonly message: string;
}

const pathAtEnd = /(?:file:\/\/)?[\w@.+%/-]*$/;
/** Characters of a path that are looked at. */
const longestPath = 500;

/** Finds places of the given files: a URL or path that ends with a name of one, then line and perhaps column. */
export function findPlaces(text: string, files: readonly string[]): FoundPlace[] {
  const names = new Set(files);
  const found: FoundPlace[] = [];
  for (const match of text.matchAll(/:(\d+)(?::(\d+))?/g)) {
    const [whole, line, column] = match;
    const before = text.slice(Math.max(0, match.index - longestPath), match.index);
    const path = before.slice(before.search(pathAtEnd));
    const file = nameOf(decode(path.replace(/^file:\/\//, '')), names);
    if (file === undefined) continue;
    found.push({
      start: match.index - path.length,
      end: match.index + whole.length,
      file,
      line: Number(line),
      ...(column === undefined ? {} : { column: Number(column) }),
    });
  }
  return found;
}

/**
 * The error that ended a program, as Node prints it on standard error: where its first place in the program is, and what it
 * says. Undefined where there is none.
 */
export function findError(stderr: string, files: readonly string[]): PlacedError | undefined {
  const [first] = findPlaces(stderr, files);
  const message = /^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)\b.*)$/m.exec(stderr)?.[1];
  if (!first || message === undefined) return undefined;
  const { file, line } = first;
  // Node's excerpt has no column, but a caret below the line; a frame of the same line knows it.
  const column = first.column ?? columnOfCaret(stderr) ?? columnOfFrame(stderr, files, first);
  return { file, line, message, ...(column === undefined ? {} : { column }) };
}

function nameOf(path: string, names: ReadonlySet<string>): string | undefined {
  if (path.includes('/node_modules/')) return undefined;
  for (let rest = path; rest !== '';) {
    if (names.has(rest)) return rest;
    const slash = rest.indexOf('/');
    if (slash === -1) return undefined;
    rest = rest.slice(slash + 1);
  }
  return undefined;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function columnOfCaret(stderr: string): number | undefined {
  const caret = /^.*:\d+\n.*\n( *)\^+ *$/m.exec(stderr)?.[1];
  return caret === undefined ? undefined : caret.length + 1;
}

function columnOfFrame(
  stderr: string,
  files: readonly string[],
  { file, line }: FilePlace,
): number | undefined {
  return findPlaces(stderr, files).find(
    (place) => place.file === file && place.line === line && place.column !== undefined,
  )?.column;
}
