/** What a runnable block is: the typed result of reading its fences. */

/** One program of a chapter, assembled from one or more fences. */
export interface Snippet {
  /** `<part>/<chapter>/<program>`, unique in the book. */
  readonly id: string;
  /** Path of its page without the site's base, with the fragment of its section: `/part/chapter/#topic`. */
  readonly path: string;
  /** `<part>/<chapter>` */
  readonly chapter: string;
  /** Id of the section that it stands in. */
  readonly topic: string;
  /** What it shows, for its caption. */
  readonly title: string;
  /** Text of each file, by name, in reading order. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that Node is given. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly packages: readonly string[];
  /** The engine that can run it, where only one can. */
  readonly engine: 'any' | 'embedded' | 'webcontainer';
  readonly kind: 'script' | 'server';
  /** The output differs from run to run: only the exit code is checked. */
  readonly isVarying: boolean;
  /** The exit code that its author expects. */
  readonly exitCode: number;
}

/** What real Node printed. */
export interface Recording {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A block with its recording: an entry of `/snippets.json`. */
export interface RecordedSnippet extends Snippet {
  readonly expected: Recording;
}
