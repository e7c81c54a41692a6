/** Open directories, for `fs.opendir`. */
import { fileSystemOf } from '../file-system.ts';
import { FileSystemError, fail } from '../file-system/error.ts';
import type { BindingFactory } from '../realm.ts';
import { AsyncWrap } from '../wraps/async-wrap.ts';
import { FileCalls } from './fs/calls.ts';
import { direntType, encodeName, pathText } from './fs/names.ts';

/** `internalBinding('fs_dir')`. */
export const fsDir: BindingFactory = (realm, shape) => {
  const files = fileSystemOf(realm);
  const calls = new FileCalls(realm);

  const read = calls.define(
    { syscall: 'scandir', request: 3 },
    (_kind, handle: DirHandle, encoding: unknown, count: number) => DirHandle.read(handle, encoding, count),
  );
  const close = calls.define({ syscall: 'closedir', request: 1 }, (_kind, handle: DirHandle) =>
    DirHandle.close(handle),
  );

  class DirHandle extends AsyncWrap {
    #rest: [name: string, type: number][] | undefined;

    constructor(entries: [name: string, type: number][]) {
      super(realm, 'DIRHANDLE');
      this.#rest = entries;
    }

    /** Names and types alternating, null at the end. */
    read(encoding: unknown, count: number, request?: unknown): unknown {
      return read(this, encoding, count, request);
    }

    close(request?: unknown): unknown {
      return close(this, request);
    }

    static read(handle: DirHandle, encoding: unknown, count: number): unknown[] | null {
      if (handle.#rest === undefined) return fail('EINVAL');
      const entries = handle.#rest.splice(0, count);
      if (entries.length === 0) return null;
      return entries.flatMap(([name, type]) => [encodeName(realm, name, encoding), type]);
    }

    static close(handle: DirHandle): void {
      handle.#rest = undefined;
    }
  }

  const open = (path: unknown): DirHandle =>
    new DirHandle(files.list(pathText(path)).map(([name, inode]) => [name, direntType(inode)]));

  function opendirSync(path: unknown): DirHandle {
    try {
      return open(path);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      throw calls.nodeError(error, 'opendir', undefined, undefined, opendirSync);
    }
  }

  return {
    ...shape,
    DirHandle,
    opendir: calls.define({ syscall: 'opendir', request: 2, paths: 1 }, (_kind, path: unknown) => open(path)),
    opendirSync,
  };
};
