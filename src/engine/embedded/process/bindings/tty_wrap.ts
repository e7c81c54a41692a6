/** The terminal of a process, where its standard streams are one. */
import { StandardStream } from '../wraps/standard-stream.ts';
import { StreamWrap } from '../wraps/stream-wrap.ts';
import type { BindingFactory, Realm, TerminalMode } from '../realm.ts';

/** Where the constructor leaves its error. */
interface ErrorContext {
  errno?: number;
  code?: string;
  message?: string;
  syscall?: string;
}

/** Whether a file descriptor is the terminal. */
export const isTerminal = ({ streams }: Realm, fd: number): fd is 0 | 1 | 2 =>
  streams.terminal !== undefined && (fd === 0 || fd === 1 || fd === 2);

/** `internalBinding('tty_wrap')`. */
export const ttyWrap: BindingFactory = (realm, shape) => {
  // libuv's numbers of them.
  const modes = new Map<unknown, TerminalMode>([
    [shape['UV_TTY_MODE_NORMAL'], 'normal'],
    [shape['UV_TTY_MODE_IO'], 'io'],
    [shape['UV_TTY_MODE_RAW_VT'], 'raw'],
  ]);

  class TTY extends StreamWrap {
    readonly #fd: number;

    constructor(fd: number, context: ErrorContext) {
      super(realm, 'TTYWRAP');
      this.#fd = fd;
      if (isTerminal(realm, fd)) {
        this.attach(new StandardStream(realm.streams, fd));
        return;
      }
      const errno = this.errno('EINVAL');
      const message = realm.uv.byNumber.get(errno)?.message ?? '';
      Object.assign(context, { errno, code: 'EINVAL', message, syscall: 'uv_tty_init' });
    }

    override get fd(): number {
      return this.#fd;
    }

    /** Writes columns and rows into `size`. */
    getWindowSize(size: number[]): number {
      const { terminal } = realm.streams;
      if (!terminal) return this.errno('EBADF');
      [size[0], size[1]] = [terminal.columns, terminal.rows];
      return 0;
    }

    setRawMode(mode: number): number {
      const { terminal } = realm.streams;
      const named = modes.get(mode);
      if (!terminal) return this.errno('EBADF');
      if (!named) return this.errno('EINVAL');
      terminal.mode = named;
      return 0;
    }
  }

  return {
    ...shape,
    isTTY: (fd: number): boolean => isTerminal(realm, fd),
    TTY: class extends TTY {},
  };
};
