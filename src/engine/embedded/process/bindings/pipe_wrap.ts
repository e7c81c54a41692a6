/** Sockets with a path for an address, and the pipes of standard input and output. */
import { fileSystemOf } from '../file-system.ts';
import { SocketFile, reader } from '../file-system/inode.ts';
import { isPermitted, permission } from '../file-system/walk.ts';
import type { Connection } from '../listener.ts';
import { loopbackOf } from '../loopback.ts';
import { ReqWrap } from '../wraps/async-wrap.ts';
import { ConnectionWrap } from '../wraps/connection-wrap.ts';
import { StandardStream } from '../wraps/standard-stream.ts';
import type { ByteStream } from '../byte-stream.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import type { BindingFactory, Realm } from '../realm.ts';

/** `constants.SERVER` and the modes of `fchmod`. */
const SERVER = 1;
const READABLE = 1;
const WRITABLE = 2;

/** Linux's abstract names, which begin with a zero, are no paths. */
const isAbstract = (path: string): boolean => path.startsWith('\0');

/** Bytes that Linux has room for. */
const longestPath = 108;

const isTooLong = ({ host }: Realm, path: string): boolean =>
  new host.TextEncoder().encode(path).length > longestPath;

const absolutePath = ({ info }: Realm, path: string): string =>
  path.startsWith('/') || isAbstract(path) ? path : `${info.cwd}/${path}`;

/** Makes the file that a listening socket has for an address; returns what is wrong with the path. */
function createSocketFile(files: FileSystem, path: string, umask: number): string | undefined {
  if (isAbstract(path)) return undefined;
  if (files.exists(path)) return 'EADDRINUSE';
  try {
    const directory = path.slice(0, path.lastIndexOf('/') + 1) || '.';
    files.access(directory, permission.write);
    const file = files.provideSystemFile(path, new SocketFile(0o777 & ~umask));
    Object.assign(file, reader);
  } catch {
    // libuv's word for every path that cannot be.
    return 'EACCES';
  }
  return undefined;
}

/** `internalBinding('pipe_wrap')`. */
export const pipeWrap: BindingFactory = (realm, shape) => {
  const loopback = loopbackOf(realm);
  const files = fileSystemOf(realm);

  /** A file that is no listening socket refuses; one that may not be written is out of reach. */
  function connectTo(path: string): ByteStream | string {
    if (isAbstract(path) || !files.exists(path)) return loopback.connectTo(path);
    if (!isPermitted(files.inode(path), permission.write)) return 'EACCES';
    const stream = loopback.connectTo(path);
    return stream === 'ENOENT' ? 'ECONNREFUSED' : stream;
  }

  class Pipe extends ConnectionWrap {
    #path: string | undefined;

    constructor(type: number) {
      super(realm, type === SERVER ? 'PIPESERVERWRAP' : 'PIPEWRAP');
    }

    open(fd: number): number {
      if (fd !== 0 && fd !== 1 && fd !== 2) return this.errno('EBADF');
      this.attach(new StandardStream(realm.streams, fd));
      return 0;
    }

    bind(path: string): number {
      if (isTooLong(realm, path)) return this.errno('EINVAL');
      const absolute = absolutePath(realm, path);
      const failure = createSocketFile(files, absolute, realm.info.umask);
      if (failure) return this.errno(failure);
      this.#path = absolute;
      return 0;
    }

    listen(): number {
      if (this.#path === undefined) return this.errno('EINVAL');
      const listener = loopback.listenAt(this.#path);
      if (typeof listener === 'string') return this.errno(listener);
      this.listenOn(listener);
      return 0;
    }

    connect(request: ReqWrap, path: string): number {
      if (isTooLong(realm, path)) return this.errno('EINVAL');
      const absolute = absolutePath(realm, path);
      this.connectWith(request, connectTo(absolute));
      return 0;
    }

    /** Lets everyone read from the socket, write to it, or both. */
    fchmod(mode: number): number {
      if (this.#path === undefined || mode < READABLE || mode > (READABLE | WRITABLE))
        return this.errno('EINVAL');
      const permissions = ((mode & READABLE) === 0 ? 0 : 0o444) | ((mode & WRITABLE) === 0 ? 0 : 0o222);
      const inode = files.inode(this.#path);
      files.changeMode(inode, (inode.mode & 0o777) | permissions);
      return 0;
    }

    protected override release(): void {
      super.release();
      // As libuv does; the program may have removed it before.
      if (this.#path !== undefined && files.exists(this.#path)) files.unlink(this.#path);
      this.#path = undefined;
    }

    protected override accepted({ stream }: Connection): Pipe {
      const socket = new bindings.Pipe(0);
      socket.attach(stream);
      return socket;
    }
  }

  // Stack traces show the name of the property here, where the engine's code is minified.
  const bindings = {
    ...shape,
    Pipe: class extends Pipe {},
    PipeConnectWrap: class PipeConnectWrap extends ReqWrap {
      constructor() {
        super(realm, 'PIPECONNECTWRAP', null);
      }
    },
  };
  return bindings;
};
