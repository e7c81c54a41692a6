/** Modules of the engine itself that most programs do not need: they stand in parts of the library, beside Node's own. */

/** Entry points by name; a module has the id `loopbook/<name>`. */
const ownModules = {
  crypto: 'process/bindings/crypto.ts',
  brotli: 'process/bindings/zlib/brotli.ts',
  zstd: 'process/bindings/zlib/zstd.ts',
};

/** Sources of those modules by their ids. `bundle` makes a CommonJS module of an entry point. */
export async function bundleOwnModules(
  bundle: (entry: string, format: 'cjs') => Promise<string>,
): Promise<Record<string, string>> {
  const sources = await Promise.all(
    Object.entries(ownModules).map(
      async ([name, entry]) => [`loopbook/${name}`, await bundle(entry, 'cjs')] as const,
    ),
  );
  return Object.fromEntries(sources);
}
