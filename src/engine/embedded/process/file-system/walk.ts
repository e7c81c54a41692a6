/** From a path to what it names, with the permissions and the links on the way. */
import { utf8Length } from '../bindings/buffer/codecs.ts';
import { fail } from './error.ts';
import { Directory, SymbolicLink, reader, type Inode } from './inode.ts';

/** What `access` asks for. */
export const permission = { read: 4, write: 2, execute: 1 } as const;

const longestName = 255;
const longestPath = 4096;
const mostLinks = 40;

/** May the reader do that to the inode? */
export function isPermitted(inode: Inode, wanted: number): boolean {
  const shift = inode.uid === reader.uid ? 6 : inode.gid === reader.gid ? 3 : 0;
  return ((inode.permissions >> shift) & wanted) === wanted;
}

/** Throws EACCES unless the reader may do that. */
export function requirePermission(inode: Inode, wanted: number): void {
  if (!isPermitted(inode, wanted)) fail('EACCES');
}

/** Where a path leads: an entry of a directory, which need not exist. */
export interface Place {
  readonly directory: Directory;
  /** Empty when the path ends in `.`, `..` or is the root: such an entry can be neither made nor taken away. */
  readonly name: string;
  readonly inode: Inode | undefined;
  /** The path ends in a slash: it can only be a directory. */
  readonly needsDirectory: boolean;
}

/**
 * Follows a path from `root`, or from `start` if it is relative. The last component is followed too if it is a link
 * and `follow` is set. Throws ENOENT, ENOTDIR, EACCES, ELOOP and ENAMETOOLONG.
 */
export function walk(root: Directory, start: () => Directory, path: string, follow: boolean): Place {
  if (path === '') fail('ENOENT');
  if (path.length >= longestPath) fail('ENAMETOOLONG');
  const isNothing = (part: string): boolean => part === '' || part === '.';
  const rest = path.split('/').toReversed();
  const needsDirectory = isNothing(rest[0] ?? '');
  let links = 0;
  let inode: Inode = path.startsWith('/') ? root : start();
  let place: Place = { directory: root, name: '', inode, needsDirectory };
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (!(inode instanceof Directory)) return fail('ENOTDIR');
    if (isNothing(part)) continue;
    const directory: Directory = inode;
    requirePermission(directory, permission.execute);
    if (utf8Length(part) > longestName) fail('ENAMETOOLONG');
    if (part === '..') {
      inode = directory.directory ?? root;
      place = { directory, name: '', inode, needsDirectory };
      continue;
    }
    const found = directory.entries.get(part);
    const isLast = rest.every(isNothing);
    place = { directory, name: part, inode: found, needsDirectory: isLast && rest.length > 0 };
    if (found === undefined) {
      if (!isLast) fail('ENOENT');
      return place;
    }
    if (found instanceof SymbolicLink && (rest.length > 0 || follow)) {
      if (++links > mostLinks) fail('ELOOP');
      rest.push(...found.target.split('/').toReversed());
      inode = found.target.startsWith('/') ? root : directory;
      place = { directory, name: '', inode, needsDirectory };
      continue;
    }
    inode = found;
  }
  return place.name === '' ? { ...place, inode } : place;
}
