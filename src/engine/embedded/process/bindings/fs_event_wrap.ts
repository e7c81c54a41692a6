/** `fs.watch`: changes are told as Linux's inotify tells them. */
import { fileSystemOf } from '../file-system.ts';
import { FileSystemError } from '../file-system/error.ts';
import { Directory, type Inode } from '../file-system/inode.ts';
import type { BindingFactory } from '../realm.ts';
import { HandleWrap } from '../wraps/handle-wrap.ts';
import { encodeName, pathText } from './fs/names.ts';

/** `internalBinding('fs_event_wrap')`. */
export const fsEventWrap: BindingFactory = (realm, shape) => {
  const files = fileSystemOf(realm);
  // inotify leaves out an event that repeats the last one which nobody has read yet.
  let lastPending = '';
  let watches = 0;

  class FSEvent extends HandleWrap {
    declare onchange?: unknown;
    readonly #number = watches++;
    #inode: Inode | undefined;
    #ownName = '';
    #encoding: unknown;

    constructor() {
      super(realm, 'FSEVENTWRAP');
    }

    get initialized(): boolean {
      return this.#inode !== undefined && this.isOpen;
    }

    start(path: unknown, isPersistent: boolean, _isRecursive: boolean, encoding: unknown): number {
      const name = pathText(path);
      try {
        this.#inode = files.inode(name);
      } catch (error) {
        return error instanceof FileSystemError ? realm.uv.errno(error.code) : realm.uv.errno('EINVAL');
      }
      this.#ownName = name.replace(/\/+$/, '').replace(/^.*\//, '');
      this.#encoding = encoding;
      this.#inode.listeners.add(this.#tell);
      if (!isPersistent) this.unref();
      this.setActive(true);
      return 0;
    }

    protected override release(): void {
      this.#inode?.listeners.delete(this.#tell);
    }

    readonly #tell = (event: 'rename' | 'change', entry?: string): void => {
      const name = this.#inode instanceof Directory && entry !== undefined ? entry : this.#ownName;
      const pending = `${this.#number} ${event} ${name}`;
      if (pending === lastPending) return;
      lastPending = pending;
      this.enqueue('ready', () => {
        if (lastPending === pending) lastPending = '';
        if (this.isOpen) this.makeCallback(this.onchange, 0, event, encodeName(realm, name, this.#encoding));
      });
    };
  }

  return { ...shape, FSEvent };
};
