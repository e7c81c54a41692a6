/** Modules of the site in bare pages, as a bundler joins them: for tests that need no site. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Style sheets as text, as Vite's `?inline` gives them. */
const inlineStyles: Plugin = {
  name: 'inline-styles',
  setup(bundler) {
    bundler.onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => {
      const file = path.replace('?inline', '');
      const isOurs = file.startsWith('.');
      return {
        path: isOurs ? resolve(resolveDir, file) : createRequire(`${root}/`).resolve(file),
        namespace: 'style',
      };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'style' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

/** Bundles a module into one file; its imports are relative to the root of the repository. Throws where esbuild does. */
export async function bundle(contents: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** Bundles a script that imports from `./src/…` as `/page.js` and its chunks: text by path. */
export async function bundlePage(script: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: root, loader: 'js' },
    bundle: true,
    splitting: true,
    write: false,
    outdir: root,
    entryNames: 'page',
    format: 'esm',
    target: 'esnext',
    minify: true,
    plugins: [inlineStyles],
  });
  return new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
}

/** The style sheets that every page of the site has, and these. */
export async function pageStyle(...more: readonly string[]): Promise<string> {
  const sheets = ['tokens', 'layout', 'prose', 'plate', ...more].map((name) =>
    readFile(`${root}/src/styles/${name}.css`, 'utf8'),
  );
  return (await Promise.all(sheets)).join('\n');
}
