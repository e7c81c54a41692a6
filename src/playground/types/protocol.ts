/** Messages between the page and the worker that knows types, and what they carry. */

/** What the worker needs before anything else: what `npm run types` packed. */
export interface TypesManifest {
  /** Hash of what it was made from. */
  readonly source: string;
  /** File name of the worker's script, beside the manifest. */
  readonly worker: string;
  /** File name of the packed declarations, beside the manifest: gzip of a JSON object, path to text. */
  readonly library: string;
}

/** A question about one file of a program; the program comes with every question, so that nothing can be out of step. */
export type TypesQuestion =
  | { readonly kind: 'complete'; readonly position: number; readonly trigger?: string }
  | { readonly kind: 'explain-completion'; readonly position: number; readonly name: string }
  | { readonly kind: 'describe'; readonly position: number }
  | { readonly kind: 'diagnose' };

/** Text of each file, by name. */
export type ProgramTexts = Readonly<Record<string, string>>;

/** From the page. `open` comes first and once. */
export type TypesRequest =
  | { readonly type: 'open'; readonly library: string }
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly files: ProgramTexts;
      readonly file: string;
      readonly question: TypesQuestion;
    };

/** From the worker: one for each `ask`, and at most one `failed`, after which nothing comes. */
export type TypesResponse =
  | { readonly type: 'answer'; readonly id: number; readonly answer: TypesAnswer | undefined }
  | { readonly type: 'failed'; readonly message: string };

/** What is said to a question: of its kind, or nothing. */
export type TypesAnswer =
  | ({ readonly kind: 'complete' } & Completions)
  | ({ readonly kind: 'explain-completion' } & Description)
  | ({ readonly kind: 'describe' } & Description)
  | { readonly kind: 'diagnose'; readonly diagnostics: readonly Diagnostic[] };

/** What could stand at a place. Positions are offsets in UTF-16 units. */
export interface Completions {
  /** Where the text that is replaced begins, if not at the word. */
  readonly from: number | undefined;
  readonly entries: readonly CompletionEntry[];
}

/** A name that could stand at a place. */
export interface CompletionEntry {
  readonly name: string;
  /** What it is, in TypeScript's words: `method`, `const`, `module` … */
  readonly kind: string;
  /** Lower is nearer to what one means. */
  readonly rank: string;
  /** What is inserted, where it is not the name. */
  readonly insert?: string;
}

/** What a name is. */
export interface Description {
  /** The declaration, as TypeScript. */
  readonly signature: string;
  /** Its documentation, as its author wrote it: Markdown with JSDoc links. */
  readonly documentation: string;
  /** The text that it belongs to. */
  readonly from: number;
  readonly to: number;
}

/** What is wrong at a place of a file. */
export interface Diagnostic {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}
