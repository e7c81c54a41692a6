/** Sockets with a path for an address, and the pipes of standard input and output. */
import { loopbackOf, type Connection } from '../loopback.ts';
import { ReqWrap } from '../wraps/async-wrap.ts';
import { ConnectionWrap } from '../wraps/connection-wrap.ts';
import { StandardStream } from '../wraps/standard-stream.ts';
import type { BindingFactory } from '../realm.ts';

/** `constants.SERVER` */
const SERVER = 1;

/** `internalBinding('pipe_wrap')`. */
export const pipeWrap: BindingFactory = (realm, shape) => {
  const loopback = loopbackOf(realm);

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
      this.#path = path;
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
      this.connectWith(request, loopback.connectTo(path));
      return 0;
    }

    fchmod(): number {
      return 0;
    }

    protected override accepted({ stream }: Connection): Pipe {
      const socket = new Pipe(0);
      socket.attach(stream);
      return socket;
    }
  }

  return {
    ...shape,
    Pipe,
    PipeConnectWrap: class PipeConnectWrap extends ReqWrap {
      constructor() {
        super(realm, 'PIPECONNECTWRAP');
      }
    },
  };
};
