/** Standard input and output as a stream that a handle can be opened on. */
import type { StandardStreams } from '../realm.ts';
import type { ByteStream, ReadFailure, WriteFailure } from '../byte-stream.ts';

const readSize = 65_536;

/** File descriptor 0, 1 or 2. */
export class StandardStream implements ByteStream {
  changed: () => void = () => {};
  readonly #streams: StandardStreams;
  readonly #fd: 0 | 1 | 2;
  #next: Uint8Array | null = new Uint8Array();
  #isWaiting = false;

  constructor(streams: StandardStreams, fd: 0 | 1 | 2) {
    this.#streams = streams;
    this.#fd = fd;
  }

  get isReadable(): boolean {
    if (this.#fd !== 0) return false;
    if (this.#next?.length === 0) this.#next = this.#streams.read(readSize);
    if (this.#next?.length !== 0) return true;
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      this.#streams.whenReadable(() => {
        this.#isWaiting = false;
        this.changed();
      });
    }
    return false;
  }

  get isWritable(): boolean {
    return true;
  }

  read(limit: number): Uint8Array | ReadFailure {
    if (!this.isReadable) return 'EAGAIN';
    if (this.#next === null) return 'EOF';
    const bytes = new Uint8Array(this.#next.subarray(0, limit));
    this.#next = this.#next.subarray(limit);
    return bytes;
  }

  write(bytes: Uint8Array): number | WriteFailure {
    // A terminal may be written through each of its descriptors.
    if (this.#fd === 0 && !this.#streams.terminal) return 'EPIPE';
    // A copy, because the program may change its bytes before they are sent.
    this.#streams.write(this.#fd === 2 ? 2 : 1, new Uint8Array(bytes));
    return bytes.length;
  }

  end(): void {}

  close(): void {
    this.changed = () => {};
  }

  reset(): void {
    this.close();
  }
}
