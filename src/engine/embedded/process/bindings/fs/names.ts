/** Names of files as the library wants them. */
import { Device, Directory, SymbolicLink, type Inode } from '../../file-system/inode.ts';
import type { Realm } from '../../realm.ts';
import { encode, parseEncoding, slices } from '../buffer/codecs.ts';

/** libuv's kinds of directory entries. */
const direntTypes = { file: 1, directory: 2, link: 3, character: 6 } as const;

/** The kind of an entry, as `fs.Dirent` knows it. */
export function direntType(inode: Inode): number {
  if (inode instanceof Directory) return direntTypes.directory;
  if (inode instanceof SymbolicLink) return direntTypes.link;
  return inode instanceof Device ? direntTypes.character : direntTypes.file;
}

/** A name as text in the encoding, or as a Buffer of its bytes when the encoding is `buffer`. */
export function encodeName(realm: Realm, name: string, encoding: unknown): unknown {
  if (encoding === undefined || encoding === null || encoding === 'utf8') return name;
  const bytes = encode(name, 'utf8');
  if (encoding !== 'buffer') return slices[parseEncoding(encoding)](bytes);
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: typeof globalThis.Buffer };
  return Buffer.from(bytes);
}
