/**
 * A program in the hash of a link: JSON, deflated (RFC 1951), in base64url. What comes out of a link is a stranger's:
 * its size is limited before and while it is unpacked, and every part of it is checked.
 */
import type { Program } from '../../engine/engine.ts';
import { joinBytes } from '../join-bytes.ts';
import { visibleText } from './visible-text.ts';

/** A program as a link holds it. */
export interface SharedProgram {
  /** What it shows; the title of its page. */
  readonly title: string;
  /** Text of each file, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that Node is given; empty for a REPL. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** Why a program cannot be put into a link or taken out of one, as a sentence for the reader. */
export class ShareError extends Error {
  override readonly name = 'ShareError';
}

/** Characters of a hash: what browsers, chats and mail programs carry. */
export const longestHash = 32_000;
/** Bytes of a program that a link may unpack to. */
const largestProgram = 1_000_000;
/** Files of a program. */
export const mostFiles = 50;
const longestName = 200;
/** Arguments of a program, and variables. */
export const mostWords = 200;
/** Characters of an argument, and of a variable's value. */
export const longestWord = 10_000;
const version = 1;

const damaged = 'This link is damaged: the program in it cannot be read. Ask for the link again.';
const tooLong = 'This program is too long for a link. Download it as a file instead.';

/** The hash of a link, with its `#`. Rejects with a `ShareError` for a program that no link can hold. */
export async function encodeSharedProgram(program: SharedProgram): Promise<string> {
  const { title, files, entry, args, env, stdin } = program;
  const json = JSON.stringify([
    version,
    title,
    Object.entries(files),
    entry,
    args,
    Object.entries(env),
    stdin,
  ]);
  const bytes = new TextEncoder().encode(json);
  if (bytes.length > largestProgram) throw new ShareError(tooLong);
  try {
    readSharedProgram(JSON.parse(json));
  } catch (cause) {
    // What no page would open again.
    throw new ShareError('A link cannot hold this program. Download it as a file instead.', { cause });
  }
  const packed = await collect(streamOf(bytes).pipeThrough(new CompressionStream('deflate-raw')));
  const hash = `#program=${toBase64Url(packed)}`;
  if (hash.length > longestHash) throw new ShareError(tooLong);
  return hash;
}

/** The program of a link; undefined for a hash without one. Rejects with a `ShareError`. */
export async function decodeSharedProgram(hash: string): Promise<SharedProgram | undefined> {
  const [, packed] = /^#program=(.*)$/s.exec(hash) ?? [];
  if (packed === undefined) return undefined;
  if (hash.length > longestHash) throw new ShareError('This link is too long to be one of this site.');
  let value: unknown;
  try {
    const stream = streamOf(fromBase64Url(packed)).pipeThrough(new DecompressionStream('deflate-raw'));
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await collect(stream)));
  } catch (error) {
    if (error instanceof ShareError) throw error;
    throw new ShareError(damaged, { cause: error });
  }
  return readSharedProgram(value);
}

/** The command that runs it. */
export function commandOf({ entry, args }: Pick<SharedProgram, 'entry' | 'args'>): Program['command'] {
  return entry === '' ? ['node', ...args] : ['node', entry, ...args];
}

/** Whether a file may have this name: a path inside the program's folder. */
export function isFileName(name: string): boolean {
  return (
    name.length <= longestName &&
    /^[\p{L}\p{N}_@.+-]+(?:\/[\p{L}\p{N}_@.+-]+)*$/u.test(name) &&
    // Some letters have no shape, such as the Hangul filler.
    !/\p{Default_Ignorable_Code_Point}/u.test(name) &&
    !name.split('/').some((part) => /^\.{1,2}$/.test(part) || part === '__proto__')
  );
}

/** Whether a variable of the environment may have this name. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__';
}

function readSharedProgram(value: unknown): SharedProgram {
  if (!Array.isArray(value)) throw new ShareError(damaged);
  const [from, title, files, entry, args, env, stdin] = value as unknown[];
  if (typeof from === 'number' && from > version)
    throw new ShareError('This link is of a newer version of this site. Reload the page and open it again.');
  const isProgram =
    from === version &&
    typeof title === 'string' &&
    isPairs(files) &&
    typeof entry === 'string' &&
    Array.isArray(args) &&
    args.length <= mostWords &&
    args.every(isWord) &&
    isPairs(env) &&
    (stdin === undefined || stdin === null || typeof stdin === 'string');
  if (!isProgram) throw new ShareError(damaged);
  const names = files.map(([name]) => name);
  if (files.length > mostFiles || new Set(names).size < names.length || !names.every(isFileName))
    throw new ShareError(damaged);
  if (names.some((name) => names.some((other) => other.startsWith(`${name}/`))))
    throw new ShareError(damaged);
  if (env.length > mostWords || !env.every(([name, text]) => isVariableName(name) && isWord(text)))
    throw new ShareError(damaged);
  if (entry !== '' && !names.includes(entry)) throw new ShareError(damaged);
  const program = {
    title: visibleText(title.slice(0, longestName)),
    files: Object.fromEntries(files),
    entry,
    args,
    env: Object.fromEntries(env),
  };
  return typeof stdin === 'string' ? { ...program, stdin } : program;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestWord && !value.includes('\0');
}

function isPairs(value: unknown): value is [string, string][] {
  return (
    Array.isArray(value) &&
    value.every(
      (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'),
    )
  );
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** All bytes of a stream; gives up as soon as they are too many. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > largestProgram) {
      await reader.cancel();
      throw new ShareError('This program is too large for this page.');
    }
  }
  return joinBytes(chunks);
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
