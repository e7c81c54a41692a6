/** `fs.watchFile`: looks at a file now and then. */
import type { FileSystem } from '../../file-system/file-system.ts';
import { FileSystemError } from '../../file-system/error.ts';
import type { Realm } from '../../realm.ts';
import { HandleWrap } from '../../wraps/handle-wrap.ts';
import { pathText } from './names.ts';
import { fill, newValues, statFields, statNumbers } from './stats.ts';

/** What one look at a file said. */
interface Look {
  /** 0, or a negative error number. */
  readonly status: number;
  readonly numbers: readonly number[];
}

/** The class `StatWatcher` of the binding. */
export function createStatWatcherClass(
  realm: Realm,
  files: FileSystem,
): new (isBigint: boolean) => HandleWrap {
  return class StatWatcher extends HandleWrap {
    declare onchange?: unknown;
    readonly #isBigint: boolean;
    #timer: number | undefined;

    constructor(isBigint: boolean) {
      super(realm, 'STATWATCHER');
      this.#isBigint = isBigint;
    }

    start(path: unknown, interval: number): number {
      const name = pathText(path);
      this.setActive(true);
      let last = this.#look(name);
      if (last.status !== 0) this.#report(last, last);
      const again = (): void => {
        const next = this.#look(name);
        if (String(next.numbers) !== String(last.numbers)) this.#report(next, last);
        last = next;
        this.#timer = realm.host.setTimeout(again, interval);
      };
      this.#timer = realm.host.setTimeout(again, interval);
      return 0;
    }

    protected override release(): void {
      if (this.#timer !== undefined) realm.host.clearTimeout(this.#timer);
    }

    #look(path: string): Look {
      try {
        return { status: 0, numbers: statNumbers(files.inode(path)) };
      } catch (error) {
        const status = error instanceof FileSystemError ? realm.uv.errno(error.code) : -1;
        return { status, numbers: Array.from({ length: statFields }, () => 0) };
      }
    }

    #report(now: Look, before: Look): void {
      const values = fill(newValues(2 * statFields, this.#isBigint), [...now.numbers, ...before.numbers]);
      realm.loop.enqueue(() => {
        if (this.isOpen) this.makeCallback(this.onchange, now.status, values);
      });
    }
  };
}
