/** Handles that listen for connections or make one: what `TCP` and `Pipe` have in common. */
import { StreamWrap } from './stream-wrap.ts';
import type { Connection, Listener } from '../listener.ts';
import type { ReqWrap } from './async-wrap.ts';
import type { ByteStream } from '../byte-stream.ts';

/** `ConnectionWrap` of Node's C++. */
export abstract class ConnectionWrap extends StreamWrap {
  declare onconnection?: unknown;
  #listener: Listener | undefined;
  #connect: ReqWrap | undefined;
  #isScheduled = false;

  /** A new handle for a connection that was accepted. */
  protected abstract accepted(connection: Connection): ConnectionWrap;

  protected get isListening(): boolean {
    return this.#listener !== undefined;
  }

  /** Begins to take connections from a listener. */
  protected listenOn(listener: Listener): void {
    this.#listener = listener;
    this.setActive(true);
    listener.changed = () => this.#schedule();
  }

  /**
   * Ends a connect request in the next poll phase: with a stream, or with the error's name. A stream that is not known to
   * lead anywhere yet comes with `whenSettled`.
   */
  protected connectWith(
    request: ReqWrap,
    result: ByteStream | string,
    whenSettled?: Connection['whenSettled'],
  ): void {
    this.#connect = request;
    request.dispatched(this);
    if (typeof result === 'string') return this.#endConnect(request, result);
    this.attach(result);
    if (!whenSettled) return this.#endConnect(request, undefined);
    const { loop } = this.realm;
    loop.ref();
    whenSettled((failure) => {
      loop.unref();
      this.#endConnect(request, failure);
    });
  }

  protected override release(): void {
    super.release();
    this.#listener?.close();
    const request = this.#connect;
    if (!request) return;
    const canceled = this.errno('ECANCELED');
    this.enqueue('closing', () => request.complete(canceled, this, request, false, false));
  }

  #endConnect(request: ReqWrap, failure: string | undefined): void {
    this.enqueue('ready', () => {
      if (!this.isOpen) return;
      this.#connect = undefined;
      if (failure === undefined) request.complete(0, this, request, true, true);
      else request.complete(this.errno(failure), this, request, false, false);
    });
  }

  #schedule(): void {
    if (this.#isScheduled || !this.#listener?.isReadable) return;
    this.#isScheduled = true;
    this.enqueue('ready', () => {
      this.#isScheduled = false;
      if (this.isOpen) this.#accept();
    });
  }

  #accept(): void {
    const connection = this.#listener?.accept();
    if (!connection) return;
    this.#schedule();
    const client = this.asTrigger(() => this.accepted(connection));
    this.makeCallback(this.onconnection, 0, client);
  }
}
