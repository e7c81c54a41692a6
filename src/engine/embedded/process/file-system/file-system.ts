/** A file system in memory with the behaviour of Linux. Every failure is a `FileSystemError`. */
import { fail } from './error.ts';
import {
  Device,
  Directory,
  GeneratedFile,
  RegularFile,
  SocketFile,
  SymbolicLink,
  reader,
  type Channel,
  type Inode,
} from './inode.ts';
import { OpenFile, openFlag } from './open-file.ts';
import { isPermitted, permission, requirePermission, walk, type Place } from './walk.ts';

/** What a path is relative to, and which permissions new files do not get. */
export interface Surroundings {
  cwd: string;
  umask: number;
}

/** Descriptors below are taken in a Node process by the time a program opens its first file. */
const firstDescriptor = 17;

const copyMode = { exclusive: 1, cloneOrFail: 4 } as const;

const { random } = Math;

/** One tree of files, and the files that are open. */
export class FileSystem {
  readonly #root = new Directory(0o755);
  readonly #surroundings: Surroundings;
  readonly #open = new Map<number, OpenFile>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#root.uid = this.#root.gid = 0;
    this.#root.directory = this.#root;
  }

  /** The inode of a path. */
  inode(path: string, follow = true): Inode {
    const { inode, needsDirectory } = this.#walk(path, follow);
    if (inode === undefined) return fail('ENOENT');
    if (needsDirectory && !(inode instanceof Directory)) fail('ENOTDIR');
    return inode;
  }

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
    const place = this.#walk(path, follow);
    let inode = place.inode;
    if (inode === undefined) {
      if (!isCreating) fail('ENOENT');
      if (place.needsDirectory) fail('EISDIR');
      inode = this.#create(place, new RegularFile(mode & ~this.#surroundings.umask));
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

  /** Throws unless the reader may read, write or execute, as `wanted` says; 0 asks only whether it exists. */
  access(path: string, wanted: number): void {
    requirePermission(this.inode(path), wanted & 7);
  }

  exists(path: string): boolean {
    try {
      this.inode(path);
      return true;
    } catch {
      return false;
    }
  }

  mkdir(path: string, mode: number): void {
    const place = this.#walk(path, false);
    if (place.inode !== undefined) fail('EEXIST');
    this.#create(place, new Directory(mode & ~this.#surroundings.umask));
  }

  /** Makes a directory and those above it; answers the first one that was made, in terms of the path. */
  mkdirAll(path: string, mode: number): string | undefined {
    const parts = path.split('/');
    let first: string | undefined;
    for (let count = 1; count <= parts.length; count++) {
      const part = parts.slice(0, count).join('/') || '/';
      const { inode } = this.#walk(part, true);
      const isLast = count === parts.length;
      if (inode === undefined) {
        this.mkdir(part, mode);
        first ??= part;
      } else if (!(inode instanceof Directory)) fail(isLast ? 'EEXIST' : 'ENOTDIR');
    }
    return first;
  }

  /** Names and inodes of a directory, sorted by name. */
  list(path: string): [name: string, inode: Inode][] {
    const directory = this.inode(path);
    if (!(directory instanceof Directory)) return fail('ENOTDIR');
    requirePermission(directory, permission.read);
    return directory.names.flatMap((name) => {
      const inode = directory.entries.get(name);
      return inode === undefined ? [] : [[name, inode]];
    });
  }

  rmdir(path: string): void {
    const { directory, name, inode } = this.#walk(path, false);
    if (inode === undefined) fail('ENOENT');
    if (!(inode instanceof Directory)) return fail('ENOTDIR');
    if (inode === this.#root) fail('EBUSY');
    if (name === '') fail(/(?:^|\/)\.\.\/*$/.test(path) ? 'ENOTEMPTY' : 'EINVAL');
    if (!inode.isEmpty) fail('ENOTEMPTY');
    this.#remove(directory, name, inode);
  }

  unlink(path: string): void {
    const { directory, name, inode, needsDirectory } = this.#walk(path, false);
    if (inode === undefined) fail('ENOENT');
    if (inode instanceof Directory) fail('EISDIR');
    if (needsDirectory) fail('ENOTDIR');
    this.#remove(directory, name, inode);
  }

  /** Removes a file, or a directory with all that is in it. Answers whether there was something. */
  removeAll(path: string): boolean {
    let place: Place;
    try {
      place = this.#walk(path, false);
    } catch (error) {
      return isMissing(error) ? false : raise(error);
    }
    const { directory, name, inode } = place;
    if (inode === undefined) return false;
    if (name === '') fail('EBUSY');
    this.#empty(inode);
    this.#remove(directory, name, inode);
    return true;
  }

  rename(from: string, to: string): void {
    const source = this.#walk(from, false);
    const { inode } = source;
    if (inode === undefined) fail('ENOENT');
    const target = this.#walk(to, false);
    if (source.name === '' || target.name === '') fail('EBUSY');
    if (target.inode === inode) return;
    const isDirectory = inode instanceof Directory;
    if (!isDirectory && (source.needsDirectory || target.needsDirectory)) fail('ENOTDIR');
    if (isDirectory && this.#isWithin(target.directory, inode)) fail('EINVAL');
    if (target.inode instanceof Directory) {
      if (!isDirectory) fail('EISDIR');
      if (!target.inode.isEmpty) fail('ENOTEMPTY');
    } else if (isDirectory && target.inode !== undefined) fail('ENOTDIR');
    requirePermission(source.directory, permission.write | permission.execute);
    requirePermission(target.directory, permission.write | permission.execute);
    source.directory.remove(source.name);
    target.directory.put(target.name, inode);
    inode.touchStatus();
    source.directory.announce('rename', source.name);
    target.directory.announce('rename', target.name);
    inode.announce('rename');
    if (target.inode !== undefined) this.#unlinked(target.inode);
  }

  link(existing: string, path: string): void {
    const inode = this.inode(existing, false);
    const place = this.#walk(path, false);
    if (place.inode !== undefined) fail('EEXIST');
    if (inode instanceof Directory) fail('EPERM');
    this.#create(place, inode);
    inode.linkCount++;
    inode.touchStatus();
  }

  symlink(target: string, path: string): void {
    if (target === '') fail('ENOENT');
    const place = this.#walk(path, false);
    if (place.inode !== undefined) fail('EEXIST');
    this.#create(place, new SymbolicLink(target));
  }

  readlink(path: string): string {
    const inode = this.inode(path, false);
    return inode instanceof SymbolicLink ? inode.target : fail('EINVAL');
  }

  /** The path without links, `.` and `..`. */
  realpath(path: string): string {
    const { directory, inode, name } = this.#walk(path, true);
    if (inode === undefined) return fail('ENOENT');
    return inode instanceof Directory
      ? this.#pathOf(inode)
      : `${this.#pathOf(directory).replace(/^\/$/, '')}/${name}`;
  }

  /** The path that a link at `linkPath` with this target leads to: without links as far as it exists. */
  canonical(linkPath: string, target: string): string {
    if (target.startsWith('/') && !this.exists(target)) return target;
    const directory = this.realpath(
      linkPath.replace(/\/?[^/]*$/, '') || (linkPath.startsWith('/') ? '/' : '.'),
    );
    const full = target.startsWith('/') ? target : `${directory.replace(/\/$/, '')}/${target}`;
    if (this.exists(full)) return this.realpath(full);
    const parts: string[] = [];
    for (const part of full.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  /** Copies content and permissions. Of the modes of `copyFile`, 1 copies only to where nothing is; 4 cannot be. */
  copy(from: string, to: string, mode = 0): void {
    const exclusive = (mode & copyMode.exclusive) !== 0;
    const source = this.inode(from);
    requirePermission(source, permission.read);
    if (source instanceof Directory) fail('EISDIR');
    if ((mode & copyMode.cloneOrFail) !== 0) fail('ENOTSUP');
    const existing = this.#walk(to, true).inode;
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
      if (this.#walk(path, false).inode !== undefined) continue;
      this.mkdir(path, 0o700);
      return path;
    }
  }

  /** Puts a file there for the program to find, with the directories above it, whatever the permissions. */
  provide(path: string, bytes: Uint8Array, permissions = 0o644): void {
    const file = new RegularFile(permissions);
    file.write(bytes, 0);
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.provideDirectory(path.slice(0, -name.length - 1)).put(name, file);
  }

  /** Puts a directory there, whatever the permissions; one that exists stays as it is. */
  provideDirectory(path: string, permissions = 0o755, uid?: number): Directory {
    let directory = this.#root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const existing = directory.entries.get(name);
      if (existing instanceof Directory) {
        directory = existing;
        continue;
      }
      const made = new Directory(permissions);
      if (uid !== undefined) made.uid = made.gid = uid;
      directory.put(name, made);
      directory = made;
    }
    return directory;
  }

  /** Puts a character device there. */
  provideDevice(path: string, channel: Channel): Device {
    return this.provideSystemFile(path, new Device(channel));
  }

  /** Puts a file of the superuser there, in directories of the superuser. */
  provideSystemFile<Made extends Inode>(path: string, inode: Made): Made {
    const slash = path.lastIndexOf('/');
    inode.uid = inode.gid = 0;
    this.provideDirectory(path.slice(0, slash), 0o755, 0).put(path.slice(slash + 1), inode);
    return inode;
  }

  #walk(path: string, follow: boolean): Place {
    return walk(this.#root, () => this.#workingDirectory(), path, follow);
  }

  #workingDirectory(): Directory {
    const { inode } = walk(this.#root, () => this.#root, this.#surroundings.cwd, true);
    return inode instanceof Directory ? inode : fail('ENOENT');
  }

  #create<Made extends Inode>({ directory, name, needsDirectory }: Place, inode: Made): Made {
    if (needsDirectory && !(inode instanceof Directory)) fail('ENOENT');
    requirePermission(directory, permission.write | permission.execute);
    directory.put(name, inode);
    if (inode instanceof Directory) inode.linkCount = 2;
    directory.announce('rename', name);
    return inode;
  }

  #remove(directory: Directory, name: string, inode: Inode): void {
    if (!isPermitted(directory, permission.write | permission.execute)) fail('EACCES');
    directory.remove(name);
    this.#unlinked(inode);
    directory.announce('rename', name);
  }

  #unlinked(inode: Inode): void {
    const isDirectory = inode instanceof Directory;
    inode.linkCount = isDirectory ? 0 : inode.linkCount - 1;
    inode.touchStatus();
    if (!isDirectory) inode.announce('change');
    if (inode.linkCount > 0) return;
    // Linux tells that it is gone, and then that it is watched no more.
    inode.announce('rename');
    inode.announce('rename');
  }

  #empty(inode: Inode): void {
    if (!(inode instanceof Directory)) return;
    for (const [name, child] of inode.entries) {
      this.#empty(child);
      this.#remove(inode, name, child);
    }
  }

  #isWithin(inode: Directory, ancestor: Directory): boolean {
    for (
      let each: Directory | undefined = inode;
      each !== undefined && each !== this.#root;
      each = each.directory
    )
      if (each === ancestor) return true;
    return false;
  }

  #pathOf(directory: Directory): string {
    const names: string[] = [];
    for (let each = directory; each !== this.#root; each = each.directory ?? this.#root)
      names.unshift(each.name);
    return `/${names.join('/')}`;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

function raise(error: unknown): never {
  throw error;
}
