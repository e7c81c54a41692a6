/** Open files: what a descriptor stands for. */
import { fail } from './error.ts';
import { Device, Directory, GeneratedFile, RegularFile, type Inode } from './inode.ts';

/** The flags of `open` on Linux. */
export const openFlag = {
  accessMode: 0o3,
  writeOnly: 0o1,
  readWrite: 0o2,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  directory: 0o200000,
  noFollow: 0o400000,
} as const;

/** An inode with a position. */
export class OpenFile {
  readonly inode: Inode;
  readonly #flags: number;
  #position = 0;

  constructor(inode: Inode, flags: number) {
    this.inode = inode;
    this.#flags = flags;
  }

  get isWritable(): boolean {
    return (this.#flags & openFlag.accessMode) !== 0;
  }

  get isReadable(): boolean {
    return (this.#flags & openFlag.accessMode) !== openFlag.writeOnly;
  }

  /** Fills the target from `position`, or from where the last read ended. Answers how many bytes; 0 at the end. */
  read(target: Uint8Array, position: number | undefined): number {
    if (!this.isReadable) fail('EBADF');
    if (this.inode instanceof Directory) fail('EISDIR');
    if (this.inode instanceof Device) return this.inode.channel.read(target) ?? fail('EAGAIN');
    if (!(this.inode instanceof RegularFile || this.inode instanceof GeneratedFile)) return fail('EINVAL');
    const count = this.inode.read(target, position ?? this.#position);
    if (position === undefined) this.#position += count;
    return count;
  }

  /** Writes all bytes at `position`, or where the last write ended; at the end of a file opened for appending. */
  write(bytes: Uint8Array, position: number | undefined): number {
    if (!this.isWritable) fail('EBADF');
    if (this.inode instanceof Device) {
      this.inode.channel.write(bytes);
      return bytes.length;
    }
    if (!(this.inode instanceof RegularFile)) return fail('EINVAL');
    const isAppending = (this.#flags & openFlag.append) !== 0;
    const start = isAppending ? this.inode.size : (position ?? this.#position);
    this.inode.write(bytes, start);
    if (position === undefined) this.#position = start + bytes.length;
    if (bytes.length > 0) this.inode.announceChange();
    return bytes.length;
  }

  truncate(size: number): void {
    if (!this.isWritable || !(this.inode instanceof RegularFile)) return fail('EINVAL');
    this.inode.truncate(size);
    this.inode.announceChange();
  }
}
