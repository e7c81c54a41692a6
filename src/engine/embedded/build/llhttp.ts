/** Bundles llhttp: undici ships its WebAssembly as base64 in a module for Node, which a page wants as bytes. */
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

/** An esbuild plugin that makes the module of llhttp's WebAssembly an ES module whose default export is a `Uint8Array`. */
export const llhttp: Plugin = {
  name: 'llhttp',
  setup(build) {
    build.onLoad({ filter: /llhttp-wasm\.js$/ }, ({ path }) => ({
      // What undici's module exports.
      contents: require(path) as Uint8Array,
      loader: 'binary',
    }));
  },
};
