/** Requests of byte streams, and the array by which their results reach JavaScript. */
import { ReqWrap } from '../wraps/async-wrap.ts';
import { StreamWrap } from '../wraps/stream-wrap.ts';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('stream_wrap')`. */
export const streamWrap: BindingFactory = (realm, shape) => ({
  ...shape,
  streamBaseState: new Int32Array(4),
  LibuvStreamWrap: StreamWrap,
  WriteWrap: class WriteWrap extends ReqWrap {
    constructor() {
      super(realm, 'WRITEWRAP', null);
    }
  },
  ShutdownWrap: class ShutdownWrap extends ReqWrap {
    constructor() {
      super(realm, 'SHUTDOWNWRAP', null);
      // Node's library sets them later.
      Object.assign(this, { oncomplete: null, callback: null, handle: null });
    }
  },
});
