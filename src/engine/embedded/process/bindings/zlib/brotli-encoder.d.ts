/** Google's encoder as the package brotli has it. */
declare module 'brotli-encoder' {
  /** What the encoder adds to an object: functions of C, whose pointers are places in the memory. */
  export interface BrotliEncoder {
    readonly HEAPU8: Uint8Array;
    _malloc(size: number): number;
    _free(pointer: number): void;
    /** Returns the number of bytes written, -1 when that failed. */
    _encodeWithDictionary(
      quality: number,
      windowBits: number,
      mode: number,
      inputLength: number,
      input: number,
      dictionaryLength: number,
      dictionary: number,
      outputLength: number,
      output: number,
    ): number;
  }

  /** Fills the object in before it returns; the promise is of no use. */
  export default function createEncoder(target: object): Promise<object>;
}
