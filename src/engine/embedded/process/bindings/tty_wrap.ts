/** Terminals. Standard input and output of a program in a page are pipes, so that there is none. */
import { StreamWrap } from '../wraps/stream-wrap.ts';
import type { BindingFactory } from '../realm.ts';

/** Where the constructor leaves its error. */
interface ErrorContext {
  errno?: number;
  code?: string;
  message?: string;
  syscall?: string;
}

/** `internalBinding('tty_wrap')`. */
export const ttyWrap: BindingFactory = (realm, shape) => ({
  ...shape,
  isTTY: (): boolean => false,
  TTY: class TTY extends StreamWrap {
    constructor(_fd: number, context: ErrorContext) {
      super(realm, 'TTYWRAP');
      const errno = this.errno('EINVAL');
      const message = realm.uv.byNumber.get(errno)?.message ?? '';
      Object.assign(context, { errno, code: 'EINVAL', message, syscall: 'uv_tty_init' });
    }

    getWindowSize(): number {
      return this.errno('EBADF');
    }

    setRawMode(): number {
      return this.errno('EBADF');
    }
  },
});
