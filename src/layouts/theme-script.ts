/** The inline script of every page: it gives the page the reader's colours before anything is painted. */
import { transform } from 'esbuild';
import source from '../reading/theme.ts?raw';

const { code } = await transform(source, { loader: 'ts', format: 'iife', target: 'es2022', minify: true });

/** Its text: what the page carries and the policy allows is the same. */
export const themeScript = code.trim();
