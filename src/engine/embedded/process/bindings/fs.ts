/** File operations, as `fs` and `fs/promises` call them. */
import { fileSystemOf } from '../file-system.ts';
import { Device, type Inode } from '../file-system/inode.ts';
import { bytesOf, encode, parseEncoding, utf8Slice } from './buffer/codecs.ts';
import { FileCalls, WouldBlock, createRequestClass, type CallKind, type Signature } from './fs/calls.ts';
import { treeFunctions } from './fs/copy.ts';
import { direntType, encodeName, pathText } from './fs/names.ts';
import { createFileHandleClass } from './fs/file-handle.ts';
import { moduleFunctions } from './fs/modules.ts';
import { createStatWatcherClass } from './fs/stat-watcher.ts';
import { fileSystemNumbers, fill, newValues, statFields, statNumbers } from './fs/stats.ts';
import type { BindingFactory } from '../realm.ts';

type Path = string | Uint8Array;
type Position = number | bigint | null | undefined;

const place = (position: Position): number | undefined =>
  typeof position === 'bigint' || Number.isSafeInteger(position)
    ? Number(position) < 0
      ? undefined
      : Number(position)
    : undefined;

const kinds = { one: { paths: 1 }, two: { paths: 2 }, descriptor: { takesDescriptor: true } } as const;
const signature = (syscall: string, request: number, paths: keyof typeof kinds = 'one'): Signature => ({
  syscall,
  request,
  ...kinds[paths],
});

/** `internalBinding('fs')`. */
export const fs: BindingFactory = (realm, shape) => {
  const files = fileSystemOf(realm);
  const calls = new FileCalls(realm);
  const FSReqCallback = createRequestClass(realm);
  const FileHandle = createFileHandleClass(realm, files, calls);
  const usePromises = realm.internalBinding('symbols')['fs_use_promises_symbol'];
  const statValues = new Float64Array(2 * statFields);
  const bigintStatValues = new BigInt64Array(2 * statFields);
  const statFsValues = new Float64Array(fileSystemNumbers.length);
  const bigintStatFsValues = new BigInt64Array(fileSystemNumbers.length);

  function statResult(kind: CallKind, isBigint: unknown, inode: Inode): Float64Array | BigInt64Array {
    if (kind === 'sync') return fill(isBigint === true ? bigintStatValues : statValues, statNumbers(inode));
    return fill(newValues(kind === 'promise' ? statFields : 2 * statFields, isBigint), statNumbers(inode));
  }

  const statOf =
    (follow: boolean) =>
    (kind: CallKind, path: Path, isBigint: unknown, _request: unknown, throwIfNoEntry: unknown): unknown => {
      try {
        return statResult(kind, isBigint, files.inode(pathText(path), follow));
      } catch (error) {
        const isMissing = error instanceof Error && /^ENO(?:ENT|TDIR)$/.test(error.message);
        if (throwIfNoEntry === false && isMissing) return undefined;
        throw error;
      }
    };

  function readInto(kind: CallKind, descriptor: number, target: Uint8Array, position: Position): number {
    const file = files.opened(descriptor);
    const { inode } = file;
    try {
      return file.read(target, place(position));
    } catch (error) {
      const channel = inode instanceof Device ? inode.channel : undefined;
      const isWaiting = error instanceof Error && error.message === 'EAGAIN' && channel?.whenReadable;
      // Nobody can send a line while the program stands still: it has had what there is.
      if (isWaiting && kind === 'sync' && !realm.streams.terminal) return 0;
      throw isWaiting ? new WouldBlock((callback) => channel.whenReadable?.(callback)) : error;
    }
  }

  const write = (descriptor: number, bytes: Uint8Array, position: Position): number =>
    files.opened(descriptor).write(bytes, place(position));

  /** Does something for each of the buffers, one after the other, until one is not filled or written wholly. */
  function each(
    views: readonly ArrayBufferView[],
    position: Position,
    transfer: (bytes: Uint8Array, position: Position) => number,
  ): number {
    let total = 0;
    for (const view of views) {
      const count = transfer(
        bytesOf(view),
        place(position) === undefined ? position : Number(position) + total,
      );
      total += count;
      if (count < view.byteLength) break;
    }
    return total;
  }

  /** Opens a path for the time of a call; a descriptor stays open. */
  function withDescriptor<Result>(
    target: Path | number,
    flags: number,
    mode: number,
    syscall: string,
    caller: () => unknown,
    run: (descriptor: number) => Result,
  ): Result {
    let descriptor: number;
    try {
      descriptor = typeof target === 'number' ? target : files.open(pathText(target), flags, mode);
    } catch (error) {
      throw calls.nodeError(error, 'open', pathText(target), undefined, caller);
    }
    try {
      return run(descriptor);
    } catch (error) {
      throw calls.nodeError(error, syscall, undefined, undefined, caller);
    } finally {
      if (typeof target !== 'number') files.close(descriptor);
    }
  }

  function readFileUtf8(target: Path | number, flags: number): string {
    return withDescriptor(target, flags, 0o666, 'read', readFileUtf8 as () => unknown, (descriptor) => {
      const chunks: Uint8Array[] = [];
      for (let length = 65_536; ; length *= 2) {
        const chunk = new Uint8Array(length);
        const count = readInto('sync', descriptor, chunk, undefined);
        if (count === 0) break;
        chunks.push(chunk.subarray(0, count));
      }
      const [only] = chunks;
      if (chunks.length <= 1) return only ? utf8Slice(only) : '';
      const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let end = 0;
      for (const chunk of chunks) {
        all.set(chunk, end);
        end += chunk.length;
      }
      return utf8Slice(all);
    });
  }

  function writeFileUtf8(target: Path | number, text: string, flags: number, mode: number): void {
    const caller = writeFileUtf8 as () => unknown;
    withDescriptor(target, flags, mode, 'write', caller, (descriptor) =>
      write(descriptor, encode(text, 'utf8'), undefined),
    );
  }

  const named = (text: string, encoding: unknown): unknown => encodeName(realm, text, encoding);
  const define = calls.define.bind(calls);

  return {
    ...shape,
    FSReqCallback,
    FileHandle,
    StatWatcher: createStatWatcherClass(realm, files),
    kUsePromises: usePromises,
    statValues,
    bigintStatValues,
    statFsValues,
    bigintStatFsValues,
    ...moduleFunctions(realm, files),
    ...treeFunctions(files, calls),
    readFileUtf8,
    writeFileUtf8,
    existsSync: (path: Path) => files.exists(pathText(path)),

    open: define(signature('open', 3), (_kind, path: Path, flags: number, mode: number) =>
      files.open(pathText(path), flags, mode),
    ),
    openFileHandle: define(
      signature('open', 3),
      (_kind, path: Path, flags: number, mode: number) =>
        new FileHandle(files.open(pathText(path), flags, mode)),
    ),
    close: define(signature('close', 1, 'descriptor'), (_kind, descriptor: number) =>
      files.close(descriptor),
    ),
    read: define(
      signature('read', 5, 'descriptor'),
      (
        kind,
        descriptor: number,
        target: ArrayBufferView,
        offset: number,
        length: number,
        position: Position,
      ) => readInto(kind, descriptor, bytesOf(target).subarray(offset, offset + length), position),
    ),
    readBuffers: define(
      signature('read', 3, 'descriptor'),
      (kind, descriptor: number, targets: ArrayBufferView[], position: Position) =>
        each(targets, position, (bytes, at) => readInto(kind, descriptor, bytes, at)),
    ),
    writeBuffer: define(
      { ...signature('write', 5, 'descriptor'), context: 6 },
      (
        _kind,
        descriptor: number,
        source: ArrayBufferView,
        offset: number,
        length: number,
        position: Position,
      ) => write(descriptor, bytesOf(source).subarray(offset, offset + length), position),
    ),
    writeBuffers: define(
      signature('write', 3, 'descriptor'),
      (_kind, descriptor: number, sources: ArrayBufferView[], position: Position) =>
        each(sources, position, (bytes, at) => write(descriptor, bytes, at)),
    ),
    writeString: define(
      { ...signature('write', 4, 'descriptor'), context: 5 },
      (_kind, descriptor: number, text: string, position: Position, encoding: unknown) =>
        write(descriptor, encode(text, parseEncoding(encoding)), position),
    ),
    stat: define(signature('stat', 2), statOf(true)),
    lstat: define(signature('lstat', 2), statOf(false)),
    fstat: define(signature('fstat', 2, 'descriptor'), (kind, descriptor: number, isBigint: unknown) =>
      statResult(kind, isBigint, files.opened(descriptor).inode),
    ),
    statfs: define(signature('statfs', 2), (kind, path: Path, isBigint: unknown) => {
      files.inode(pathText(path));
      const shared = isBigint === true ? bigintStatFsValues : statFsValues;
      return fill(kind === 'sync' ? shared : newValues(shared.length, isBigint), fileSystemNumbers);
    }),
    access: define({ ...signature('access', 2), mode: 1 }, (_kind, path: Path, mode: number) =>
      files.access(pathText(path), mode),
    ),
    mkdir: define(signature('mkdir', 3), (_kind, path: Path, mode: number, isRecursive: boolean) =>
      isRecursive ? files.mkdirAll(pathText(path), mode) : files.mkdir(pathText(path), mode),
    ),
    mkdtemp: define(
      { ...signature('mkdtemp', 2), suffix: 'XXXXXX' },
      (_kind, prefix: Path, encoding: unknown) => named(files.mkdtemp(pathText(prefix)), encoding),
    ),
    readdir: define(signature('scandir', 3), (_kind, path: Path, encoding: unknown, withTypes: boolean) => {
      const entries = files.list(pathText(path));
      const names = entries.map(([name]) => named(name, encoding));
      return withTypes ? [names, entries.map(([, inode]) => direntType(inode))] : names;
    }),
    rmdir: define(signature('rmdir', 1), (_kind, path: Path) => files.rmdir(pathText(path))),
    unlink: define(signature('unlink', 1), (_kind, path: Path) => files.unlink(pathText(path))),
    rename: define(signature('rename', 2, 'two'), (_kind, from: Path, to: Path) =>
      files.rename(pathText(from), pathText(to)),
    ),
    copyFile: define(
      { ...signature('copyfile', 3, 'two'), mode: 2 },
      (_kind, from: Path, to: Path, mode: number) => files.copy(pathText(from), pathText(to), mode),
    ),
    link: define(signature('link', 2, 'two'), (_kind, existing: Path, path: Path) =>
      files.link(pathText(existing), pathText(path)),
    ),
    symlink: define(signature('symlink', 3, 'two'), (_kind, target: Path, path: Path) =>
      files.symlink(pathText(target), pathText(path)),
    ),
    readlink: define(signature('readlink', 2), (_kind, path: Path, encoding: unknown) =>
      named(files.readlink(pathText(path)), encoding),
    ),
    realpath: define(signature('realpath', 2), (_kind, path: Path, encoding: unknown) =>
      named(files.realpath(pathText(path)), encoding),
    ),
    chmod: define(signature('chmod', 2), (_kind, path: Path, mode: number) =>
      files.changeMode(files.inode(pathText(path)), mode),
    ),
    fchmod: define(signature('fchmod', 2, 'descriptor'), (_kind, descriptor: number, mode: number) =>
      files.changeMode(files.opened(descriptor).inode, mode),
    ),
    chown: define(signature('chown', 3), (_kind, path: Path, uid: number, gid: number) =>
      files.changeOwner(files.inode(pathText(path)), uid, gid),
    ),
    lchown: define(signature('lchown', 3), (_kind, path: Path, uid: number, gid: number) =>
      files.changeOwner(files.inode(pathText(path), false), uid, gid),
    ),
    fchown: define(
      signature('fchown', 3, 'descriptor'),
      (_kind, descriptor: number, uid: number, gid: number) =>
        files.changeOwner(files.opened(descriptor).inode, uid, gid),
    ),
    utimes: define(signature('utime', 3), (_kind, path: Path, accessed: number, modified: number) =>
      files.changeTimes(files.inode(pathText(path)), accessed, modified),
    ),
    lutimes: define(signature('lutime', 3), (_kind, path: Path, accessed: number, modified: number) =>
      files.changeTimes(files.inode(pathText(path), false), accessed, modified),
    ),
    futimes: define(
      signature('futime', 3, 'descriptor'),
      (_kind, descriptor: number, accessed: number, modified: number) =>
        files.changeTimes(files.opened(descriptor).inode, accessed, modified),
    ),
    ftruncate: define(signature('ftruncate', 2, 'descriptor'), (_kind, descriptor: number, size: number) =>
      files.opened(descriptor).truncate(size),
    ),
    fsync: define(
      signature('fsync', 1, 'descriptor'),
      (_kind, descriptor: number) => void files.opened(descriptor),
    ),
    fdatasync: define(
      signature('fdatasync', 1, 'descriptor'),
      (_kind, descriptor: number) => void files.opened(descriptor),
    ),
  };
};
