import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { isListed } from './src/layouts/addresses.ts';
import { isolationHeaders, readConfiguration } from './src/layouts/configuration.ts';
import { contentFolder } from './src/snippet/content-folder.ts';
import { publish } from './src/publish/integration.ts';
import { programs } from './src/snippet/mdx-plugin.ts';
import { codeTheme, snippetTransformer } from './src/snippet/transformer.ts';

const { site, base, coep } = readConfiguration(process.env);

export default defineConfig({
  site,
  base,
  integrations: [
    mdx(),
    // Addresses in a sitemap are absolute.
    ...(site === undefined ? [] : [sitemap({ filter: (url) => isListed({ base }, new URL(url).pathname) })]),
    publish(),
  ],
  markdown: {
    processor: satteri({ mdastPlugins: [programs(contentFolder)] }),
    shikiConfig: { theme: codeTheme, transformers: [snippetTransformer()] },
  },
  // A chapter loads when the reader asks for it, not when the pointer passes.
  prefetch: false,
  // An inlined script would need a hash in the Content-Security-Policy of every page.
  vite: { build: { assetsInlineLimit: 0 }, plugins: [lightSearchButton()] },
  server: { headers: isolationHeaders(coep) },
  devToolbar: { enabled: false },
});

/** Every page has the button of the search: there, a list of the search's files would weigh more than all else of it. */
function lightSearchButton() {
  const resolveDependencies = (file, dependencies) => (file.includes('/search-dialog.') ? [] : dependencies);
  return {
    name: 'loopbook:light-search-button',
    configEnvironment: (name) =>
      name === 'client' ? { build: { modulePreload: { polyfill: false, resolveDependencies } } } : undefined,
  };
}
