/** What is kept of a reader: its kinds, how each is read, and how two versions of one are merged. */
import type { EngineName, OutputChunk } from '../../engine/engine.ts';
import { isFileName, isVariableName, longestWord, mostFiles, mostWords } from '../sharing/shared-program.ts';
import { fields, flag, list, Mismatch, optional, record, text, tryRead, whole } from './reading.ts';
import type { Reader } from './reading.ts';

/** What the reader changed in a program; what is absent is as its author wrote it. */
export interface KeptProgram {
  /** Text of each changed or added file, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the author's files that are deleted, or were renamed. */
  readonly deleted: readonly string[];
  /** All names in the order of their tabs, where the reader added one. */
  readonly order?: readonly string[];
  /** The file that Node is given; empty for a REPL. */
  readonly entry?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Null: none, though its author wrote one. */
  readonly stdin?: string | null;
}

/** What a program printed last. */
export interface KeptOutput {
  readonly chunks: readonly OutputChunk[];
  /** Absent: it was stopped. */
  readonly exitCode?: number;
  readonly engine: EngineName;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** More was printed than is kept. */
  readonly isCut: boolean;
  /** What identifies the program as it was when it printed this, for whoever wants to know whether it is stale. */
  readonly printedBy: string;
}

/** A request that the reader sent to a server of a program. */
export interface KeptRequest {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** Absent: nobody answered. */
  readonly status?: number;
  /** Milliseconds until the whole answer was there. */
  readonly duration?: number;
}

/** The last run of a block. */
export interface KeptBlock {
  /** Milliseconds since 1970. */
  readonly ranAt: number;
  /** Absent: it was stopped, as a server is. */
  readonly exitCode?: number;
}

/** How far the reader came with an exercise. */
export interface KeptExercise {
  /** The most checks that an answer passed. */
  readonly best: number;
  /** How many checks there are. */
  readonly checks: number;
  /** How many hints are open. */
  readonly hints: number;
  readonly hasSeenSolution: boolean;
}

/** The last answers to a quiz. */
export interface KeptQuiz {
  /** Ids of the chosen answers. */
  readonly chosen: readonly string[];
  /** All of its questions are answered right. */
  readonly isRight: boolean;
  /** Some of its questions are not answered yet. */
  readonly isPartial?: boolean;
}

/** A chapter that was read to its end. */
export interface KeptChapter {
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

/** What a reset or an import replaced; for a day it can be put back. */
export interface KeptRemoval {
  readonly replaced: readonly Replaced[];
}

/** Something as it was; without a value there was nothing. */
export interface Replaced {
  readonly collection: Exclude<Collection, 'removals'>;
  readonly key: string;
  readonly value?: unknown;
}

/** All kinds of kept things; the key of most is the id of a program, exercise, quiz or chapter. */
export interface Kept {
  readonly programs: KeptProgram;
  readonly outputs: KeptOutput;
  readonly requests: readonly KeptRequest[];
  readonly blocks: KeptBlock;
  readonly exercises: KeptExercise;
  readonly quizzes: KeptQuiz;
  readonly chapters: KeptChapter;
  readonly removals: KeptRemoval;
}

/** Name of a kind. */
export type Collection = keyof Kept;

interface Rule<T> {
  readonly read: Reader<T>;
  /** Unites two versions; absent: the newer one replaces the older. Its order and repetition do not matter. */
  readonly unite?: (older: T, newer: T) => T;
}

/** Characters of all output that is kept of a program. */
export const longestOutput = 200_000;
/** Requests that are kept of a program. */
export const mostRequests = 50;
const longestText = 1_000_000;

const name = text(200);
const long = text(longestText);

const readKey = text(200, /^[\w.@:-]+(?:\/[\w.@:-]+)*$/);

function readFileName(value: unknown): string {
  if (typeof value !== 'string' || !isFileName(value)) throw new Mismatch();
  return value;
}

function readProgram(value: unknown): KeptProgram {
  const from = fields(value);
  const files = record(isFileName, long, mostFiles)(from.get('files'));
  const size = Object.values(files).reduce((sum, each) => sum + each.length, 0);
  if (size > longestText) throw new Mismatch();
  return {
    files,
    deleted: list(readFileName, mostFiles)(from.get('deleted')),
    ...optional(from, 'order', list(readFileName, mostFiles)),
    ...optional(from, 'entry', (entry) => (entry === '' ? '' : readFileName(entry))),
    ...optional(from, 'args', list(text(longestWord), mostWords)),
    ...optional(from, 'env', record(isVariableName, text(longestWord), mostWords)),
    ...optional(from, 'stdin', (stdin) => (stdin === null ? null : long(stdin))),
  };
}

function readOutput(value: unknown): KeptOutput {
  const from = fields(value);
  const chunks = list(readChunk, longestOutput)(from.get('chunks'));
  if (chunks.reduce((sum, chunk) => sum + chunk.text.length, 0) > longestOutput) throw new Mismatch();
  const engine = from.get('engine');
  if (engine !== 'webcontainer' && engine !== 'embedded') throw new Mismatch();
  return {
    chunks,
    ...optional(from, 'exitCode', whole),
    engine,
    at: whole(from.get('at')),
    isCut: flag(from.get('isCut')),
    printedBy: name(from.get('printedBy')),
  };
}

function readChunk(value: unknown): OutputChunk {
  const from = fields(value);
  const stream = from.get('stream');
  if (stream !== 'stdout' && stream !== 'stderr' && stream !== 'both') throw new Mismatch();
  return { stream, text: text(longestOutput)(from.get('text')) };
}

function readRequest(value: unknown): KeptRequest {
  const from = fields(value);
  const headers = list(list(text(10_000), 2), 100)(from.get('headers'));
  return {
    id: name(from.get('id')),
    at: whole(from.get('at')),
    port: whole(from.get('port')),
    method: name(from.get('method')),
    path: text(10_000)(from.get('path')),
    headers: headers.map(([header = '', content = '']) => [header, content] as const),
    ...optional(from, 'body', text(100_000)),
    ...optional(from, 'status', whole),
    ...optional(from, 'duration', whole),
  };
}

/** Whether a request is as short as those that are kept. */
export function isKeepable(request: KeptRequest): boolean {
  return tryRead(readRequest, request) !== undefined;
}

function readExercise(value: unknown): KeptExercise {
  const from = fields(value);
  const [best, checks] = [whole(from.get('best')), whole(from.get('checks'))];
  if (best > checks) throw new Mismatch();
  return {
    best,
    checks,
    hints: whole(from.get('hints')),
    hasSeenSolution: flag(from.get('hasSeenSolution')),
  };
}

/** Results of an older edition of an exercise, with another number of checks, do not count. */
function uniteExercises(older: KeptExercise, newer: KeptExercise): KeptExercise {
  const { checks } = newer;
  return {
    best: older.checks === checks ? Math.max(older.best, newer.best) : newer.best,
    checks,
    hints: Math.max(older.hints, newer.hints),
    hasSeenSolution: older.hasSeenSolution || newer.hasSeenSolution,
  };
}

function uniteRequests(older: readonly KeptRequest[], newer: readonly KeptRequest[]): KeptRequest[] {
  const byId = new Map([...older, ...newer].map((request) => [request.id, request]));
  return [...byId.values()]
    .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
    .slice(-mostRequests);
}

/** How each kind is read and merged. */
export const rules: { readonly [C in Collection]: Rule<Kept[C]> } = {
  programs: { read: readProgram },
  outputs: { read: readOutput },
  requests: { read: list(readRequest, mostRequests), unite: uniteRequests },
  blocks: {
    read: (value) => {
      const from = fields(value);
      return { ranAt: whole(from.get('ranAt')), ...optional(from, 'exitCode', whole) };
    },
  },
  exercises: { read: readExercise, unite: uniteExercises },
  quizzes: {
    read: (value) => {
      const from = fields(value);
      return {
        chosen: list(name, 50)(from.get('chosen')),
        isRight: flag(from.get('isRight')),
        ...optional(from, 'isPartial', flag),
      };
    },
  },
  chapters: {
    read: (value) => ({ readAt: whole(fields(value).get('readAt')) }),
    unite: (older, newer) => ({ readAt: Math.min(older.readAt, newer.readAt) }),
  },
  removals: { read: (value) => ({ replaced: list(readReplaced, 20_000)(fields(value).get('replaced')) }) },
};

/** The kinds that say how far the reader came; the sidebar and the contents page read no others. */
export const progressCollections = ['blocks', 'exercises', 'quizzes', 'chapters'] as const;
/** All kinds of which the reader knows. */
export const readersCollections = ['programs', 'outputs', 'requests', ...progressCollections] as const;

/** Reads the name of a kind and a key. */
export function readPlace(value: unknown): { collection: Collection; key: string } {
  const from = fields(value);
  const collection = from.get('collection');
  if (typeof collection !== 'string' || !Object.hasOwn(rules, collection)) throw new Mismatch();
  // True: it is a key of `rules`, which has one for each collection.
  return { collection: collection as Collection, key: readKey(from.get('key')) };
}

/** Reads something as it was, with or without a value. */
export function readReplaced(value: unknown): Replaced {
  const { collection, key } = readPlace(value);
  if (collection === 'removals') throw new Mismatch();
  const was = fields(value).get('value');
  return was === undefined ? { collection, key } : { collection, key, value: rules[collection].read(was) };
}

/** The last output within the limit of what is kept: its beginning goes. */
export function cutOutput(output: KeptOutput): KeptOutput {
  let left = longestOutput;
  const chunks: OutputChunk[] = [];
  for (const { stream, text: printed } of output.chunks.toReversed()) {
    if (left === 0) break;
    const kept = printed.slice(-left);
    left -= kept.length;
    if (kept !== '') chunks.unshift({ stream, text: kept });
  }
  const before = output.chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
  return { ...output, chunks, isCut: output.isCut || before > longestOutput };
}
