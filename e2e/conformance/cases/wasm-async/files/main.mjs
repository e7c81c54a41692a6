const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const wasm = (body, headers = { 'content-type': 'application/wasm' }) => new Response(body, { headers });

const module = await WebAssembly.compile(bytes);
console.log(module, Object.keys(await WebAssembly.instantiate(bytes)), await WebAssembly.instantiate(module));
console.log(await WebAssembly.compileStreaming(wasm(bytes)));
console.log(Object.keys(await WebAssembly.instantiateStreaming(Promise.resolve(wasm(bytes)), {})));

for (const source of [wasm(bytes, {}), wasm('no'), wasm('\0asm'), 5, null]) {
  await WebAssembly.compileStreaming(source).catch(({ name, code, message }) => console.log(name, code, message));
}
await WebAssembly.compile(new Uint8Array(3)).catch(({ name, message }) => console.log(name, message));

WebAssembly.compile(bytes).then(() => {
  process.nextTick(() => console.log('tick'));
  console.log('compiled last');
});
