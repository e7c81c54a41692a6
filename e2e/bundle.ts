/** Scripts of bare pages: what runs in the browser there may use the sources of the site, as a bundler joins them. */
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

/** Bundles a module for a page; its imports are relative to the root of the repository. Throws where esbuild does. */
export async function bundle(contents: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
  });
  return outputFiles.map(({ text }) => text).join('');
}
