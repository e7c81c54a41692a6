import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { isolationHeaders, readConfiguration } from './src/layouts/configuration.ts';
import { programs } from './src/snippet/mdx-plugin.ts';
import { codeTheme, snippetTransformer } from './src/snippet/transformer.ts';

const { site, base, coep } = readConfiguration(process.env);

export default defineConfig({
  site,
  base,
  integrations: [mdx()],
  markdown: {
    processor: satteri({ mdastPlugins: [programs('content')] }),
    shikiConfig: { theme: codeTheme, transformers: [snippetTransformer()] },
  },
  // A chapter loads when the reader asks for it, not when the pointer passes.
  prefetch: false,
  // An inlined script would need a hash in the Content-Security-Policy of every page.
  vite: { build: { assetsInlineLimit: 0 } },
  server: { headers: isolationHeaders(coep) },
  devToolbar: { enabled: false },
});
