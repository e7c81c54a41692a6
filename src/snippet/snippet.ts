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
  /** Names of the files that the reader may not change. */
  readonly readOnly: readonly string[];
  /** The file that Node is given; empty for a REPL, which is typed the lines of `repl.js`. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly packages: readonly string[];
  /** The engine that can run it, where only one can. */
  readonly engine: 'any' | 'embedded' | 'webcontainer';
  readonly kind: 'script' | 'server' | 'repl';
  /** The output differs from run to run: only the exit code is checked. */
  readonly isVarying: boolean;
  /** The exit code that its author expects. */
  readonly exitCode: number;
  /** What a server is asked, one after the other; a script has none. */
  readonly requests: readonly SnippetRequest[];
}

/** An HTTP request to a server of the program. */
export interface SnippetRequest {
  readonly title?: string;
  /** Absent where the program listens on one port only. */
  readonly port?: number;
  readonly method: string;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  /** As written; no name is there twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** How a server in real Node answered, without the headers that differ from time to time. */
export interface RecordedResponse {
  readonly status: number;
  readonly statusText: string;
  /** In the order and the spelling of the server. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The text, or what `encoding` says. */
  readonly body: string;
  /** Set where the body is not text. */
  readonly encoding?: 'base64';
}

/** A request as a chapter brings it for the request console, with the answer that real Node gave. */
export interface SavedRequest extends SnippetRequest {
  readonly recorded?: RecordedResponse;
}

/** What a program printed, and how it ended. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What happened in real Node. */
export interface Recording extends Output {
  /** The answer to each of the program's requests, in their order. */
  readonly exchanges: readonly RecordedResponse[];
}

/** A block with its recording: an entry of `/snippets.json`. */
export interface RecordedSnippet extends Snippet {
  readonly expected: Recording;
}
