/** Facebook's library as the package @bokuweb/zstd-wasm has it: the bytes of a WebAssembly module. */
declare module 'zstd-wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
