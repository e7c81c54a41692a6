/** Streaming compilation of WebAssembly, which the browser does itself. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('wasm_web_api')`. */
export const wasmWebApi: BindingFactory = (_realm, shape) => ({ ...shape, setImplementation() {} });
