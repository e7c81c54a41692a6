/** Collects the licence texts of what the site ships. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

interface Notice {
  readonly title: string;
  /** Where the text may be, in order of preference. */
  readonly files: readonly string[];
  readonly fallback: string;
}

/** What the site's scripts contain of others: package, title. */
const bundledPackages = [
  ['undici', 'undici and llhttp'],
  ['@noble/hashes', '@noble/hashes'],
  ['@noble/ciphers', '@noble/ciphers'],
  ['@noble/curves', '@noble/curves'],
  ['pako', 'pako, a port of zlib'],
  ['@bokuweb/zstd-wasm', 'Zstandard, as @bokuweb/zstd-wasm has it'],
  ['brotli', "brotli, a port of Google's Brotli"],
  ['cjs-module-lexer', 'cjs-module-lexer'],
  ['@webcontainer/api', '@webcontainer/api, the client'],
  ['@codemirror/view', 'CodeMirror'],
  ['@lezer/highlight', 'Lezer'],
  ['astro', 'Astro'],
] as const;

/** Text of `NOTICES.txt`. `root` is the project's directory. */
export function collectNotices(root: string, nodeVersion: string): string {
  const modules = join(root, 'node_modules');
  const nodeDirectory = dirname(dirname(process.execPath));
  const notices: Notice[] = [
    {
      title: `Node.js ${nodeVersion}, its JavaScript library`,
      files: [
        join(nodeDirectory, 'LICENSE'),
        ...['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', 'win-x64'].flatMap((platform) => [
          join(modules, `node-${platform}`, 'LICENSE'),
          join(modules, 'node', 'node_modules', `node-${platform}`, 'LICENSE'),
          join(modules, 'node', 'node_modules', `node-bin-${platform}`, 'LICENSE'),
        ]),
        join(modules, 'node', 'LICENSE'),
      ],
      fallback: `Copyright Node.js contributors. MIT licence.\nThe whole text, with the licences of what Node.js bundles: https://github.com/nodejs/node/blob/${nodeVersion}/LICENSE`,
    },
    ...bundledPackages.map(([name, title]) => ({
      title,
      files: [join(modules, name, 'LICENSE')],
      fallback: `The package ${name} says its licence on its page in the npm registry.`,
    })),
  ];
  return notices.map(formatNotice).join('\n\n');
}

function formatNotice({ title, files, fallback }: Notice): string {
  const file = files.map((candidate) => resolve(candidate)).find((candidate) => existsSync(candidate));
  const text = file ? readFileSync(file, 'utf8').trim() : fallback;
  return `${title}\n${'='.repeat(title.length)}\n\n${text}\n`;
}
