/**
 * How Node's library is cut into files. What most programs need is loaded first; a part comes when a program's text or
 * command line announces it, and otherwise at the moment when the program reaches one of its modules.
 */

export interface LibraryPart {
  readonly name: string;
  /** Ids of the modules in it. */
  readonly modules: RegExp;
  /** Found in the files, the command line or the environment of programs that need it. */
  readonly announcedBy: RegExp;
  /** Whether only an announcement brings it where a Worker cannot wait for a part. */
  readonly isLarge?: true;
}

/** Uses of the classes of undici, which reach much of the library. */
const fetching = String.raw`\bfetch\(|\bnew (?:WebSocket|EventSource|FormData|Headers|Request|Response|MessageEvent|CloseEvent)\b|\bResponse\.`;

/** The parts, each with the modules that no part before it has. */
export const libraryParts: readonly LibraryPart[] = [
  {
    name: 'typescript',
    modules: /^internal\/deps\/amaro\//,
    announcedBy: /\.[cm]?ts(?=['"`\s]|$)|-typescript\b|stripTypeScriptTypes|transform-types/,
    isLarge: true,
  },
  {
    name: 'fetch',
    modules: /^internal\/deps\/undici\//,
    announcedBy: new RegExp(fetching),
  },
  {
    name: 'web-streams',
    modules: /^(?:internal\/webstreams\/|stream\/web$)/,
    announcedBy: new RegExp(
      String.raw`${fetching}|\bnew Blob\b|\b(?:stream\/web|toWeb|fromWeb)\b|(?:Readable|Writable|Transform|ompression|coder)Stream\b`,
    ),
  },
  {
    name: 'test',
    modules: /^(?:test(?:\/|$)|internal\/test_runner\/|internal\/main\/test_runner$)/,
    announcedBy: /node:test|--test/,
  },
  {
    name: 'tls',
    modules: /^(?:_?tls(?:_|$)|internal\/tls\/|https$|http2$|internal\/http2\/|internal\/js_stream_socket$)/,
    announcedBy: new RegExp(String.raw`${fetching}|\b(?:tls|https|http2)\b`),
  },
  {
    name: 'crypto',
    modules: /^(?:crypto$|internal\/crypto\/|loopbook\/crypto$)/,
    announcedBy: new RegExp(String.raw`crypto|${fetching}|\b(?:tls|https|http2)\b`),
  },
  {
    name: 'brotli',
    modules: /^loopbook\/brotli$/,
    announcedBy: /brotli/i,
    isLarge: true,
  },
  {
    name: 'zstd',
    modules: /^loopbook\/zstd$/,
    announcedBy: /zstd/i,
    isLarge: true,
  },
  {
    name: 'repl',
    modules:
      /^(?:repl$|internal\/repl(?:$|\/(?!history$))|internal\/main\/repl$|internal\/deps\/acorn\/acorn-walk\/)/,
    announcedBy: /\brepl\b|--interactive|^-i$/m,
  },
  {
    name: 'seldom',
    modules:
      /^(?:internal\/(?:deps\/minimatch\/|fs\/glob$|streams\/iter\/|inspector|watch_mode\/|main\/watch_mode$|freeze_intrinsics$|webstorage$|profiler$)|stream\/iter$|inspector|sea$|wasi$|sqlite$|domain$|punycode$|trace_events$)/,
    announcedBy:
      /\b(?:glob\w*|matchesGlob|stream\/iter|inspector|domain|punycode|wasi|trace_events)\b|node:(?:sea|sqlite)/,
  },
];

/** The text in which a program announces parts. */
export interface AnnouncingProgram {
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Names of the parts to load before a program starts. Where its Worker cannot wait for a part, that is nearly all. */
export function partsFor({ files, command, env }: AnnouncingProgram, canWait: boolean): string[] {
  // Node alone is its REPL.
  const implied = command.length === 1 ? ['--interactive'] : [];
  const text = [
    ...command,
    ...implied,
    ...Object.keys(files),
    ...Object.values(files),
    ...Object.values(env),
  ].join('\n');
  return libraryParts
    .filter(({ announcedBy, isLarge }) => (!canWait && !isLarge) || announcedBy.test(text))
    .map(({ name }) => name);
}
