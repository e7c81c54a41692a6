/** A tree of files: where its paths lead, and what is put there for the program to find. */
import { fail } from './error.ts';
import { Device, Directory, RegularFile, SymbolicLink, type Channel, type Inode } from './inode.ts';
import { permission, requirePermission, walk, type Place } from './walk.ts';

/** What a path is relative to, and which permissions new files do not get. */
export interface Surroundings {
  cwd: string;
  umask: number;
}

/** Answers questions about paths. Every failure is a `FileSystemError`. */
export class FileTree {
  protected readonly root = new Directory(0o755);
  protected readonly surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
    this.root.uid = this.root.gid = 0;
    this.root.directory = this.root;
  }

  /** The inode of a path. */
  inode(path: string, follow = true): Inode {
    const { inode, needsDirectory } = this.walk(path, follow);
    if (inode === undefined) return fail('ENOENT');
    if (needsDirectory && !(inode instanceof Directory)) fail('ENOTDIR');
    return inode;
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

  readlink(path: string): string {
    const inode = this.inode(path, false);
    return inode instanceof SymbolicLink ? inode.target : fail('EINVAL');
  }

  /** The path without links, `.` and `..`. */
  realpath(path: string): string {
    const { directory, inode, name } = this.walk(path, true);
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

  /** Puts a file there for the program to find, with the directories above it, whatever the permissions. */
  provide(path: string, bytes: Uint8Array, permissions = 0o644): void {
    const file = new RegularFile(permissions);
    file.write(bytes, 0);
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.provideDirectory(path.slice(0, -name.length - 1)).put(name, file);
  }

  /** Puts a directory there, whatever the permissions; one that exists stays as it is. */
  provideDirectory(path: string, permissions = 0o755, uid?: number): Directory {
    let directory = this.root;
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

  /** The entry that a path names, which need not exist. */
  protected walk(path: string, follow: boolean): Place {
    return walk(this.root, () => this.#workingDirectory(), path, follow);
  }

  #workingDirectory(): Directory {
    const { inode } = walk(this.root, () => this.root, this.surroundings.cwd, true);
    return inode instanceof Directory ? inode : fail('ENOENT');
  }

  #pathOf(directory: Directory): string {
    const names: string[] = [];
    for (let each = directory; each !== this.root; each = each.directory ?? this.root)
      names.unshift(each.name);
    return `/${names.join('/')}`;
  }
}
