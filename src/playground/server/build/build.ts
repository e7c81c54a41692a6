/**
 * `npm run preview-frame`: writes `public/preview/`, the document in which pages of a program's servers are shown. The site's own
 * policy would be inherited by a frame without an address, and forbids inline scripts: so it has a file, and a policy, of its own.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { PreviewManifest } from '../preview-frame.ts';

const output = resolve('public/preview');

/** Scripts and styles of the page run; nothing reaches a network. Frames without an address are no navigation. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:",
  "style-src 'unsafe-inline' blob: data:",
  'img-src blob: data:',
  'font-src blob: data:',
  'media-src blob: data:',
  'worker-src blob: data:',
  "connect-src 'none'",
  "frame-src 'none'",
  "form-action 'none'",
  'base-uri http://localhost:*',
  "webrtc 'block'",
].join('; ');

const { outputFiles } = await build({
  entryPoints: [join(import.meta.dirname, '../frame/main.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'esnext',
  charset: 'ascii',
  minify: true,
  legalComments: 'none',
});
const script = outputFiles.map(({ text }) => text).join('');
// As text of a script that does not run here: the site makes the sandbox of it. What would end the script stands in strings.
const data = script.replaceAll('</script', String.raw`<\/script`).replaceAll('<!--', String.raw`\x3c!--`);
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Preview</title><style>html,body,iframe{display:block;margin:0;border:0;width:100%;height:100%;background:#fff}</style></head><body><script type="text/plain">${data}</script></body></html>\n`;
const manifest: PreviewManifest = {
  frame: `frame.${createHash('sha256').update(html).digest('hex').slice(0, 12)}.html`,
};
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
writeFileSync(join(output, manifest.frame), html);
writeFileSync(join(output, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
console.log(`${(gzipSync(html).length / 1000).toFixed(1)} kB  public/preview/${manifest.frame}, gzip`);
