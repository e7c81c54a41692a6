/** Names of files as the library wants them. */
import { Device, Directory, SocketFile, SymbolicLink, type Inode } from '../../file-system/inode.ts';
import type { Realm } from '../../realm.ts';
import { encode, parseEncoding, slices, utf8Slice } from '../buffer/codecs.ts';

/** libuv's kinds of directory entries. */
const direntTypes = { file: 1, directory: 2, link: 3, socket: 5, character: 6 } as const;

/** The kind of an entry, as `fs.Dirent` knows it. */
export function direntType(inode: Inode): number {
  if (inode instanceof Directory) return direntTypes.directory;
  if (inode instanceof SymbolicLink) return direntTypes.link;
  if (inode instanceof SocketFile) return direntTypes.socket;
  return inode instanceof Device ? direntTypes.character : direntTypes.file;
}

/** Where bytes that are no UTF-8 stand in a name: lone surrogates, which no decoded text contains. */
const firstEscape = 0xdc00;
const escaped = /[\udc80-\udcff](?<![\ud800-\udbff].)/;
const replacement = '\ufffd';

/** A path as text; Node's library passes buffers, too. Bytes that are no UTF-8 come back in `encodeName`. */
export function pathText(path: unknown): string {
  if (!(path instanceof Uint8Array)) return String(path);
  const text = utf8Slice(path);
  return text.includes(replacement) ? decodeEscaping(path) : text;
}

function decodeEscaping(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const part = bytes.subarray(at, at + length);
    const character = utf8Slice(part);
    const again = encode(character, 'utf8');
    const isWhole = again.length === part.length && again.every((byte, index) => byte === part[index]);
    text += isWhole ? character : String.fromCharCode(firstEscape + first);
    at += isWhole ? length : 1;
  }
  return text;
}

function bytesOfName(name: string): Uint8Array {
  if (!escaped.test(name)) return encode(name, 'utf8');
  return Uint8Array.from(
    Array.from(name).flatMap((character) =>
      escaped.test(character) ? [character.charCodeAt(0) - firstEscape] : [...encode(character, 'utf8')],
    ),
  );
}

/** A name as text in the encoding, or as a Buffer of its bytes when the encoding is `buffer`. */
export function encodeName(realm: Realm, name: string, encoding: unknown): unknown {
  if (encoding === undefined || encoding === null || encoding === 'utf8')
    return escaped.test(name) ? utf8Slice(bytesOfName(name)) : name;
  const bytes = bytesOfName(name);
  if (encoding !== 'buffer') return slices[parseEncoding(encoding)](bytes);
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: typeof globalThis.Buffer };
  return Buffer.from(bytes);
}
