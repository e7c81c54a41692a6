/**
 * The asynchronous functions of WebAssembly. The browser's settle outside of the event loop, which would not wait for
 * them, and know the browser's responses only.
 */
import type { BindingFactory } from '../realm.ts';

/** How Node's library hands on the body of a response. */
interface StreamState {
  setURL(url: string): void;
  push(chunk: Uint8Array): void;
  finish(): void;
  abort(reason: unknown): void;
}

type ReadResponse = (state: StreamState, source: unknown) => void;

/** `internalBinding('wasm_web_api')`. */
export const wasmWebApi: BindingFactory = ({ host, loop }, shape) => ({
  ...shape,
  setImplementation(readResponse: ReadResponse) {
    function inLoop<Value>(browsers: Promise<Value>): Promise<Value> {
      const { promise, resolve, reject } = Promise.withResolvers<Value>();
      const settle = (callback: () => void): void => {
        loop.unref();
        loop.enqueue(callback);
      };
      loop.ref();
      browsers.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
      return promise;
    }

    const { compile, instantiate } = host.WebAssembly;
    const asynchronous = {
      apply: (target: (...values: never[]) => Promise<unknown>, self: unknown, values: never[]) =>
        inLoop(Reflect.apply(target, self, values)),
    };

    function bytesOf(source: unknown): Promise<Uint8Array<ArrayBuffer>> {
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
      const chunks: Uint8Array[] = [];
      const state: StreamState = {
        // The address would tell an inspector where the code is from.
        setURL() {},
        // Copied: the program may go on using its bytes.
        push: (chunk) => void chunks.push(new Uint8Array(chunk)),
        finish: () => resolve(join(chunks)),
        abort: reject,
      };
      readResponse(state, source);
      return promise;
    }

    // Methods, as those that they stand for are.
    const streaming = {
      compileStreaming(source: unknown): Promise<WebAssembly.Module> {
        return bytesOf(source).then((bytes) => inLoop(compile(bytes)).catch(renamed('compile')));
      },
      instantiateStreaming(
        source: unknown,
        ...[imports]: readonly WebAssembly.Imports[]
      ): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
        return bytesOf(source).then((bytes) =>
          inLoop(instantiate(bytes, imports)).catch(renamed('instantiate')),
        );
      },
    };
    const methods = {
      ...streaming,
      compile: new host.Proxy(compile, asynchronous),
      instantiate: new host.Proxy(instantiate, asynchronous),
    };
    for (const [name, value] of Object.entries(methods))
      Object.defineProperty(globalThis.WebAssembly, name, { value });
  },
});

function join(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Lets an error of V8 name the function that the program called. */
function renamed(name: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error)
      error.message = error.message.replace(`WebAssembly.${name}()`, `WebAssembly.${name}Streaming()`);
    throw error;
  };
}
