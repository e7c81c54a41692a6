/** One end of a connection to another process: a stream in memory here, a port of a channel there. */
import { StreamEnd } from './byte-stream.ts';
import { longestPiece, readConnectionMessage, type ConnectionMessage } from '../network-protocol.ts';

/** Bytes that are sent before the other process has told that it has room for them. */
const sendWindow = 1024 * 1024;
/** Bytes that may wait for room here: more than any process sends that keeps to the window, or flushes at its end. */
const mostWaiting = 16 * 1024 * 1024;
/** Milliseconds without a message after which nothing more comes from a process that is gone. */
const lastWords = 50;

// Captured before Node's globals take the browser's places.
const { setTimeout, clearTimeout } = globalThis;

/** Passes bytes on between both. What is done to one end of a TCP connection is seen at the other as on one machine. */
export class Relay {
  /** The end that the program of this process has. */
  readonly near: StreamEnd;
  readonly #far: StreamEnd;
  readonly #port: MessagePort;
  readonly #onClosed: () => void;
  /** What has arrived and finds no room yet. */
  readonly #waiting: Uint8Array[] = [];
  #waitingSize = 0;
  #inFlight = 0;
  /** The program will send no more. */
  #isSent = false;
  /** The other process will send no more. */
  #isReceived = false;
  #isClosed = false;
  #isAdvancing = false;
  #isAsked = false;
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** `onClosed` is called once, when nothing passes any more. */
  constructor(port: MessagePort, onClosed: () => void) {
    [this.near, this.#far] = StreamEnd.pair();
    this.#port = port;
    this.#onClosed = onClosed;
    this.#far.changed = () => this.#advance();
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#silence !== undefined) this.expectEnd();
      const message = readConnectionMessage(data);
      if (message) this.#receive(message);
      else this.reset();
    };
  }

  /** The other process is gone: the connection ends after what it has sent before. */
  expectEnd(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#isReceived = true;
      this.#isSent = true;
      this.#advance();
    }, lastWords);
  }

  /** This process is about to be gone: closes the program's end as a kernel does, and sends all that it has left. */
  finish(): void {
    this.near.close();
    this.#advance(Infinity);
    if (!this.#isClosed) this.#close();
  }

  /** Breaks the connection for both sides. */
  reset(): void {
    if (this.#isClosed) return;
    this.#far.reset();
    this.#post({ type: 'reset' });
    this.#close();
  }

  #receive(message: ConnectionMessage): void {
    if (message.type === 'bytes') {
      this.#waiting.push(message.bytes);
      this.#waitingSize += message.bytes.length;
      if (this.#waitingSize > mostWaiting) return this.reset();
    } else if (message.type === 'taken') {
      this.#inFlight = Math.max(0, this.#inFlight - message.count);
    } else if (message.type === 'end') {
      this.#isReceived = true;
    } else {
      this.#far.reset();
      return this.#close();
    }
    this.#advance();
  }

  /** Does what can be done. Either stream may call back while it is read or written: then it is done again. */
  #advance(window = sendWindow): void {
    this.#isAsked = true;
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    while (this.#isAsked && !this.#isClosed) {
      this.#isAsked = false;
      this.#deliver();
      this.#send(window);
      if (this.#isSent && this.#isReceived && this.#waiting.length === 0 && !this.#isClosed) {
        // Also what the program sends to a process that is gone.
        this.#far.close();
        this.#close();
      }
    }
    this.#isAdvancing = false;
  }

  #send(window: number): void {
    while (!this.#isSent && !this.#isClosed && this.#inFlight < window) {
      const bytes = this.#far.read(longestPiece);
      if (bytes === 'EAGAIN') break;
      if (bytes === 'EOF') {
        this.#isSent = true;
        this.#post({ type: 'end' });
      } else if (typeof bytes === 'string') return this.reset();
      else {
        this.#inFlight += bytes.length;
        // What `read` returns is in a buffer of its own.
        this.#post({ type: 'bytes', bytes: bytes as Uint8Array<ArrayBuffer> }, [bytes.buffer as ArrayBuffer]);
      }
    }
  }

  #deliver(): void {
    let taken = 0;
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const written = this.#far.write(next);
      if (typeof written === 'string') return this.reset();
      taken += written;
      if (written < next.length) {
        this.#waiting[0] = next.subarray(written);
        break;
      }
      this.#waiting.shift();
    }
    this.#waitingSize -= taken;
    if (taken > 0) this.#post({ type: 'taken', count: taken });
    if (this.#isReceived && this.#waiting.length === 0) this.#far.end();
  }

  #post(message: ConnectionMessage, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #close(): void {
    this.#isClosed = true;
    this.#port.close();
    this.#onClosed();
  }
}
