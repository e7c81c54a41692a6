/** A file system in memory with the behaviour of Linux. Every failure is a `FileSystemError`. */
import { addEntry, moveEntry, removeEntriesBelow, removeEntry } from './entries.ts';
import { fail } from './error.ts';
import { FileTree } from './file-tree.ts';
import {
  Directory,
  GeneratedFile,
  RegularFile,
  SocketFile,
  SymbolicLink,
  reader,
  type Inode,
} from './inode.ts';
import { OpenFile, openFlag } from './open-file.ts';
import { permission, requirePermission, type Place } from './walk.ts';

/** Descriptors below are taken in a Node process by the time a program opens its first file. */
const firstDescriptor = 17;

const copyMode = { exclusive: 1, cloneOrFail: 4 } as const;

const { random } = Math;

/** One tree of files, and the files that are open. */
export class FileSystem extends FileTree {
  readonly #open = new Map<number, OpenFile>();

  /** The open file of a descriptor. */
  opened(descriptor: number): OpenFile {
    return this.#open.get(descriptor) ?? fail('EBADF');
  }

  isOpen(descriptor: number): boolean {
    return this.#open.has(descriptor);
  }

  /** Opens a path with the flags of Linux; answers a descriptor. */
  open(path: string, flags: number, mode: number): number {
    const isCreating = (flags & openFlag.create) !== 0;
    const isExclusive = isCreating && (flags & openFlag.exclusive) !== 0;
    const follow = !isExclusive && (flags & openFlag.noFollow) === 0;
    const place = this.walk(path, follow);
    let inode = place.inode;
    if (inode === undefined) {
      if (!isCreating) fail('ENOENT');
      if (place.needsDirectory) fail('EISDIR');
      inode = addEntry(place, new RegularFile(mode & ~this.surroundings.umask));
    } else {
      if (isExclusive) fail('EEXIST');
      if (inode instanceof SymbolicLink) fail('ELOOP');
      if (inode instanceof SocketFile) fail('ENXIO');
      const isDirectory = inode instanceof Directory;
      if (!isDirectory && (place.needsDirectory || (flags & openFlag.directory) !== 0)) fail('ENOTDIR');
      const accessMode = flags & openFlag.accessMode;
      if (isDirectory && (accessMode !== 0 || isCreating)) fail('EISDIR');
      requirePermission(
        inode,
        accessMode === 0
          ? permission.read
          : accessMode === openFlag.writeOnly
            ? permission.write
            : permission.read | permission.write,
      );
      if ((flags & openFlag.truncate) !== 0 && inode instanceof RegularFile) {
        const hadContent = inode.size > 0;
        inode.truncate(0);
        if (hadContent) inode.announceChange();
      }
    }
    return this.adopt(new OpenFile(inode, flags));
  }

  /** Gives an open file the lowest free descriptor, or the one that is asked for. */
  adopt(file: OpenFile, descriptor?: number): number {
    let free = descriptor ?? firstDescriptor;
    if (descriptor === undefined) while (this.#open.has(free)) free++;
    this.#open.set(free, file);
    return free;
  }

  close(descriptor: number): void {
    if (!this.#open.delete(descriptor)) fail('EBADF');
  }

  mkdir(path: string, mode: number): void {
    const place = this.walk(path, false);
    if (place.inode !== undefined) fail('EEXIST');
    addEntry(place, new Directory(mode & ~this.surroundings.umask));
  }

  /** Makes a directory and those above it; answers the first one that was made, in terms of the path. */
  mkdirAll(path: string, mode: number): string | undefined {
    const parts = path.split('/');
    let first: string | undefined;
    for (let count = 1; count <= parts.length; count++) {
      const part = parts.slice(0, count).join('/') || '/';
      const { inode } = this.walk(part, true);
      const isLast = count === parts.length;
      if (inode === undefined) {
        this.mkdir(part, mode);
        first ??= part;
      } else if (!(inode instanceof Directory)) fail(isLast ? 'EEXIST' : 'ENOTDIR');
    }
    return first;
  }

  rmdir(path: string): void {
    const { directory, name, inode } = this.walk(path, false);
    if (inode === undefined) fail('ENOENT');
    if (!(inode instanceof Directory)) return fail('ENOTDIR');
    if (inode === this.root) fail('EBUSY');
    if (name === '') fail(/(?:^|\/)\.\.\/*$/.test(path) ? 'ENOTEMPTY' : 'EINVAL');
    if (!inode.isEmpty) fail('ENOTEMPTY');
    removeEntry(directory, name, inode);
  }

  unlink(path: string): void {
    const { directory, name, inode, needsDirectory } = this.walk(path, false);
    if (inode === undefined) fail('ENOENT');
    if (inode instanceof Directory) fail('EISDIR');
    if (needsDirectory) fail('ENOTDIR');
    removeEntry(directory, name, inode);
  }

  /** Removes a file, or a directory with all that is in it. Answers whether there was something. */
  removeAll(path: string): boolean {
    let place: Place;
    try {
      place = this.walk(path, false);
    } catch (error) {
      return isMissing(error) ? false : raise(error);
    }
    const { directory, name, inode } = place;
    if (inode === undefined) return false;
    if (name === '') fail('EBUSY');
    removeEntriesBelow(inode);
    removeEntry(directory, name, inode);
    return true;
  }

  rename(from: string, to: string): void {
    const source = this.walk(from, false);
    const { inode } = source;
    if (inode === undefined) fail('ENOENT');
    const target = this.walk(to, false);
    if (source.name === '' || target.name === '') fail('EBUSY');
    if (target.inode === inode) return;
    const isDirectory = inode instanceof Directory;
    if (!isDirectory && (source.needsDirectory || target.needsDirectory)) fail('ENOTDIR');
    if (isDirectory && this.#isWithin(target.directory, inode)) fail('EINVAL');
    if (target.inode instanceof Directory) {
      if (!isDirectory) fail('EISDIR');
      if (!target.inode.isEmpty) fail('ENOTEMPTY');
    } else if (isDirectory && target.inode !== undefined) fail('ENOTDIR');
    moveEntry(source, target, inode);
  }

  link(existing: string, path: string): void {
    const inode = this.inode(existing, false);
    const place = this.walk(path, false);
    if (place.inode !== undefined) fail('EEXIST');
    if (inode instanceof Directory) fail('EPERM');
    addEntry(place, inode);
    inode.linkCount++;
    inode.touchStatus();
  }

  symlink(target: string, path: string): void {
    if (target === '') fail('ENOENT');
    const place = this.walk(path, false);
    if (place.inode !== undefined) fail('EEXIST');
    addEntry(place, new SymbolicLink(target));
  }

  /** Copies content and permissions. Of the modes of `copyFile`, 1 copies only to where nothing is; 4 cannot be. */
  copy(from: string, to: string, mode = 0): void {
    const exclusive = (mode & copyMode.exclusive) !== 0;
    const source = this.inode(from);
    requirePermission(source, permission.read);
    if (source instanceof Directory) fail('EISDIR');
    if ((mode & copyMode.cloneOrFail) !== 0) fail('ENOTSUP');
    const existing = this.walk(to, true).inode;
    if (existing === source && !exclusive) return;
    const flags = openFlag.writeOnly | openFlag.create | (exclusive ? openFlag.exclusive : openFlag.truncate);
    const descriptor = this.open(to, flags, source.permissions);
    const target = this.opened(descriptor);
    if (source instanceof RegularFile) target.write(source.bytes, 0);
    else if (source instanceof GeneratedFile) target.write(source.content(), 0);
    target.inode.permissions = source.permissions;
    this.close(descriptor);
  }

  /** Only the owner may. */
  changeMode(inode: Inode, mode: number): void {
    if (inode.uid !== reader.uid) fail('EPERM');
    inode.permissions = mode & 0o7777;
    inode.touchStatus();
    inode.announceChange();
  }

  /** -1 leaves one as it is. Only to oneself, as for any user but root. */
  changeOwner(inode: Inode, uid: number, gid: number): void {
    const isSame = (wanted: number, current: number): boolean =>
      wanted === -1 || wanted === 0xffffffff || wanted === current;
    if (!isSame(uid, inode.uid) || !isSame(gid, inode.gid)) fail('EPERM');
    inode.touchStatus();
  }

  /** Seconds since 1970. */
  changeTimes(inode: Inode, accessed: number, modified: number): void {
    inode.accessedAt = accessed;
    inode.modifiedAt = modified;
    inode.touchStatus();
    inode.announceChange();
  }

  /** Makes a directory with a name of its own; answers its path. */
  mkdtemp(prefix: string): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    for (;;) {
      const path =
        prefix + Array.from({ length: 6 }, () => letters[Math.floor(random() * letters.length)]).join('');
      if (this.walk(path, false).inode !== undefined) continue;
      this.mkdir(path, 0o700);
      return path;
    }
  }

  #isWithin(inode: Directory, ancestor: Directory): boolean {
    for (
      let each: Directory | undefined = inode;
      each !== undefined && each !== this.root;
      each = each.directory
    )
      if (each === ancestor) return true;
    return false;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

function raise(error: unknown): never {
  throw error;
}
