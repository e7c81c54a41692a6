declare module 'undici/lib/llhttp/llhttp-wasm.js' {
  /** llhttp compiled to WebAssembly, as undici ships it. */
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
