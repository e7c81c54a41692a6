/** What a file system is made of: files, directories, symbolic links and devices, with their permissions and times. */

import { utf8Length } from '../bindings/buffer/codecs.ts';
import { fail } from './error.ts';

/** The bits of a mode that say what kind of file it is. */
export const fileType = {
  mask: 0o170000,
  file: 0o100000,
  directory: 0o040000,
  link: 0o120000,
  character: 0o020000,
  socket: 0o140000,
} as const;

const clock = globalThis.performance;
let lastNumber = 2;

/** Seconds since 1970, with microseconds. */
const now = (): number => (clock.timeOrigin + clock.now()) / 1000;

/** The user and the group that own what a program makes. */
export const reader = { uid: 1000, gid: 1000 } as const;

/** What happened, in the words of `fs.watch`: to an entry of a directory, or, without a name, to the inode itself. */
export type ChangeListener = (event: 'rename' | 'change', name?: string) => void;

/** Common to all kinds. Times are seconds since 1970. */
export abstract class Inode {
  abstract readonly type: number;
  readonly number = lastNumber++;
  readonly listeners = new Set<ChangeListener>();
  /** The lower twelve bits of the mode. */
  permissions: number;
  uid: number = reader.uid;
  gid: number = reader.gid;
  linkCount = 1;
  accessedAt = now();
  modifiedAt = this.accessedAt;
  changedAt = this.accessedAt;
  readonly bornAt = this.accessedAt;
  /** The directory and the name under which it was put last. */
  directory: Directory | undefined;
  name = '';

  constructor(permissions: number) {
    this.permissions = permissions & 0o7777;
  }

  abstract get size(): number;

  get mode(): number {
    return this.type | this.permissions;
  }

  /** The content has changed. */
  touch(): void {
    this.modifiedAt = this.changedAt = now();
  }

  /** Only what is said about the content has changed. */
  touchStatus(): void {
    this.changedAt = now();
  }

  /** Tells those who watch this inode. */
  announce(event: 'rename' | 'change', name?: string): void {
    for (const listener of this.listeners) listener(event, name);
  }

  /** Tells those who watch its directory, then those who watch this inode, that it has changed. */
  announceChange(): void {
    this.directory?.announce('change', this.name);
    this.announce('change');
  }
}

/** A file with bytes. */
export class RegularFile extends Inode {
  readonly type = fileType.file;
  #bytes: Uint8Array = new Uint8Array(0);
  #size = 0;
  #isBorrowed = false;

  get size(): number {
    return this.#size;
  }

  /** The content, not copied. */
  get bytes(): Uint8Array {
    if (this.#size > this.#bytes.length) this.#reserve(this.#size);
    return this.#bytes.subarray(0, this.#size);
  }

  /** Takes bytes of somebody else as content; they are copied before the first change. */
  borrow(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#size = bytes.length;
    this.#isBorrowed = true;
  }

  /** Copies into `target` what stands at `position`; answers how many bytes. */
  read(target: Uint8Array, position: number): number {
    const count = Math.max(0, Math.min(target.length, this.#size - position));
    const part = this.#bytes.subarray(position, position + count);
    target.set(part);
    // What was never written takes no space.
    target.fill(0, part.length, count);
    return count;
  }

  /** Writes at `position`; a gap before it is filled with zeros. */
  write(bytes: Uint8Array, position: number): void {
    const end = position + bytes.length;
    this.#reserve(end);
    this.#bytes.set(bytes, position);
    this.#size = Math.max(this.#size, end);
    this.touch();
  }

  /** Cuts off, or fills up with zeros. */
  truncate(size: number): void {
    if (size < this.#size) {
      this.#reserve(Math.min(size, this.#bytes.length));
      this.#bytes.fill(0, size, this.#size);
    }
    this.#size = size;
    this.touch();
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length && !this.#isBorrowed) return;
    const larger = allocate(Math.max(size, Math.min(this.#bytes.length * 2, size + mostSpare)));
    larger.set(this.bytes);
    this.#bytes = larger;
    this.#isBorrowed = false;
  }
}

/** Bytes that a growing file reserves at most beyond its content. */
const mostSpare = 16 * 1024 * 1024;

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch {
    return fail('ENOSPC');
  }
}

/** A file whose content is made when it is read, such as those of `/proc`: its size is 0. */
export class GeneratedFile extends Inode {
  readonly type = fileType.file;
  readonly size = 0;
  readonly content: () => Uint8Array;

  constructor(content: () => Uint8Array, permissions = 0o444) {
    super(permissions);
    this.content = content;
  }

  /** Copies into `target` what stands at `position`; answers how many bytes. */
  read(target: Uint8Array, position: number): number {
    const part = this.content().subarray(position, position + target.length);
    target.set(part);
    return part.length;
  }
}

/** Where a socket listens. It cannot be opened. */
export class SocketFile extends Inode {
  readonly type = fileType.socket;
  readonly size = 0;
}

/** A directory. Its entries keep the order in which they were made. */
export class Directory extends Inode {
  readonly type = fileType.directory;
  readonly size = 4096;
  readonly entries = new Map<string, Inode>();

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  /** Puts an inode under a name, in place of what was there. */
  put(name: string, inode: Inode): void {
    this.entries.set(name, inode);
    inode.directory = this;
    inode.name = name;
    if (inode instanceof Directory) this.linkCount++;
    this.touch();
  }

  /** Takes a name away; the inode lives on where it is linked or open. */
  remove(name: string): void {
    if (this.entries.get(name) instanceof Directory) this.linkCount--;
    this.entries.delete(name);
    this.touch();
  }

  /** Names in the order of their UTF-16 units. */
  get names(): string[] {
    return [...this.entries.keys()].toSorted();
  }
}

/** A symbolic link. */
export class SymbolicLink extends Inode {
  readonly type = fileType.link;
  readonly target: string;

  constructor(target: string) {
    super(0o777);
    this.target = target;
  }

  get size(): number {
    return utf8Length(this.target);
  }
}

/** What a character device does. */
export interface Channel {
  /** Fills the target; answers how many bytes, 0 at the end, undefined when there is nothing yet. */
  read(target: Uint8Array): number | undefined;
  write(bytes: Uint8Array): void;
  /** Calls back once when there may be something to read. */
  whenReadable?(callback: () => void): void;
}

/** A character device, such as `/dev/null`. */
export class Device extends Inode {
  readonly type = fileType.character;
  readonly size = 0;
  readonly channel: Channel;

  constructor(channel: Channel, permissions = 0o666) {
    super(permissions);
    this.channel = channel;
    this.uid = 0;
    this.gid = 0;
  }
}
