/** The native part of `FileHandle` of `node:fs/promises`. */
import type { FileSystem } from '../../file-system/file-system.ts';
import type { Realm } from '../../realm.ts';
import { AsyncWrap } from '../../wraps/async-wrap.ts';
import type { FileCalls } from './calls.ts';

/** What the library uses of the class. */
export interface NativeFileHandle {
  readonly fd: number;
}

/** The class `FileHandle` of the binding. */
export function createFileHandleClass(
  realm: Realm,
  files: FileSystem,
  calls: FileCalls,
): new (descriptor: number) => NativeFileHandle {
  const kUsePromises = realm.internalBinding('symbols')['fs_use_promises_symbol'];
  const close = calls.define({ syscall: 'close', request: 1 }, (_kind, descriptor: number) =>
    files.close(descriptor),
  );
  return class FileHandle extends AsyncWrap {
    #descriptor: number;

    constructor(descriptor: number) {
      super(realm, 'FILEHANDLE');
      this.#descriptor = descriptor;
    }

    get fd(): number {
      return this.#descriptor < 0 ? realm.uv.errno('EINVAL') : this.#descriptor;
    }

    close(): unknown {
      return close(this.releaseFD(), kUsePromises);
    }

    closeSync(): void {
      close(this.releaseFD());
    }

    releaseFD(): number {
      const descriptor = this.#descriptor;
      this.#descriptor = -1;
      return descriptor;
    }

    onread(): void {}
  };
}
