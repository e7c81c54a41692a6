/** Streaming compilation of WebAssembly: Node's library reads the response, the browser compiles its bytes. */
import type { BindingFactory, HostGlobals } from '../realm.ts';

type Implementation = (state: StreamState, source: unknown) => void;

/** Bytes that arrive one after the other, as V8 takes them. */
class StreamState {
  readonly #parts: Uint8Array[] = [];
  readonly #settle: PromiseWithResolvers<Uint8Array<ArrayBuffer>>;

  constructor(settle: PromiseWithResolvers<Uint8Array<ArrayBuffer>>) {
    this.#settle = settle;
  }

  push(chunk: ArrayBuffer | ArrayBufferView): void {
    const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(chunk)
      ? chunk
      : { buffer: chunk, byteOffset: 0, byteLength: chunk.byteLength };
    this.#parts.push(new Uint8Array(buffer, byteOffset, byteLength).slice());
  }

  finish(): void {
    const bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let end = 0;
    for (const part of this.#parts) {
      bytes.set(part, end);
      end += part.length;
    }
    this.#settle.resolve(bytes);
  }

  abort(error: unknown): void {
    this.#settle.reject(error);
  }

  setURL(): void {}
}

/** Makes the two functions of `WebAssembly` that take a response. */
function streamingFunctions(
  { compile, instantiate }: HostGlobals['WebAssembly'],
  implementation: Implementation,
): Pick<HostGlobals['WebAssembly'], 'compileStreaming' | 'instantiateStreaming'> {
  const read = (source: unknown): Promise<Uint8Array<ArrayBuffer>> => {
    const settle = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    implementation(new StreamState(settle), source);
    return settle.promise;
  };
  return {
    compileStreaming: (source) => read(source).then((bytes) => compile(bytes)),
    instantiateStreaming: (source, imports) => read(source).then((bytes) => instantiate(bytes, imports)),
  };
}

/** `internalBinding('wasm_web_api')`. */
export const wasmWebApi: BindingFactory = ({ host }, shape) => ({
  ...shape,
  setImplementation(implementation: Implementation) {
    for (const [name, value] of Object.entries(streamingFunctions(host.WebAssembly, implementation)))
      Object.defineProperty(host.WebAssembly, name, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  },
});
