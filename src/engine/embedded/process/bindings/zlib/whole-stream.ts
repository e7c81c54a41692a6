/** Streams whose library takes all of its input at once. */
import type { Buffers, Compressor } from './compressor.ts';

const noBytes = new Uint8Array();

/** Collects input, and hands output out as there is room. */
export class WholeStream {
  #input: Uint8Array[] = [];
  #output: Uint8Array = noBytes;

  /** Takes everything in. */
  take(buffers: Buffers): void {
    const { input, inputStart, inputLength } = buffers;
    if (inputLength > 0) this.#input.push(input.slice(inputStart, inputStart + inputLength));
    buffers.inputStart += inputLength;
    buffers.inputLength = 0;
  }

  /** The input so far. */
  joined(): Uint8Array {
    const length = this.#input.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const whole = new Uint8Array(length);
    let position = 0;
    for (const piece of this.#input) {
      whole.set(piece, position);
      position += piece.length;
    }
    this.#input = [whole];
    return whole;
  }

  /** Forgets the input. */
  forget(): void {
    this.#input = [];
  }

  get hasOutput(): boolean {
    return this.#output.length > 0;
  }

  set output(bytes: Uint8Array) {
    this.#output = bytes;
  }

  /** Hands out as much output as there is room for. */
  give(buffers: Buffers): void {
    const piece = this.#output.subarray(0, buffers.outputLength);
    buffers.output.set(piece, buffers.outputStart);
    buffers.outputStart += piece.length;
    buffers.outputLength -= piece.length;
    this.#output = this.#output.subarray(piece.length);
  }
}

/** A compressor of whole streams: `begin` returns what works on a new stream, whose output is then handed out. */
export function createWholeCompressor(begin: (stream: WholeStream) => Compressor['process']): Compressor {
  let stream = new WholeStream();
  let work = begin(stream);
  return {
    process(buffers, flush) {
      const error = work(buffers, flush);
      if (!error) stream.give(buffers);
      return error;
    },
    reset() {
      stream = new WholeStream();
      work = begin(stream);
      return undefined;
    },
    close() {},
  };
}
