/**
 * `npm run links`: whether every address in the built site leads somewhere: pages, anchors, scripts, styles, pictures, and what
 * style sheets and manifests name. Addresses of others have to be right in form; nobody is asked for them. Exit code 1 where
 * one is wrong.
 *
 *     node src/publish/audit/links.ts [folder of the site] [--external]
 */
import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { manifestAddresses, styleAddresses } from './other-addresses.ts';
import { readPages } from './pages.ts';
import { readReferences, type PageReferences, type Reference } from './references.ts';
import { SiteMap } from './site-map.ts';

const { values, positionals } = parseArgs({
  options: { external: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [directory = 'dist'] = positionals;

const pages = new Map<string, PageReferences>();
let front = '';
for await (const { file, html } of readPages(directory)) {
  if (file === 'index.html') front = html;
  pages.set(file, readReferences(html));
}
const files = new Set(
  (await Array.fromAsync(glob('**/*.*', { cwd: directory }))).map((file) => file.replaceAll(sep, '/')),
);
const canonical = /<link rel="canonical" href="([^"]+)"/.exec(front)?.[1];
const site = new SiteMap({
  files,
  base: /<html[^>]* data-base="([^"]*)"/.exec(front)?.[1] ?? '/',
  origin: canonical === undefined ? undefined : new URL(canonical).origin,
});

let problems = 0;
let count = 0;
/** Addresses of others, and on how many pages each stands. */
const external = new Map<string, Set<string>>();

for (const [file, { references, repeated }] of pages) {
  for (const id of new Set(repeated)) report(file, `Several elements have the id "${id}".`);
  for (const reference of references) follow(file, reference);
}
for (const file of files) {
  const read = file.endsWith('.css')
    ? styleAddresses
    : file.endsWith('.webmanifest')
      ? manifestAddresses
      : undefined;
  if (!read) continue;
  for (const reference of read(await readFile(join(directory, file), 'utf8'))) follow(file, reference);
}

if (values.external) {
  console.log('Addresses of others:');
  for (const [url, where] of [...external].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    console.log(`  ${url} (${where.size === 1 ? [...where][0] : `${where.size} pages`})`);
}
console.log(
  `${pages.size} pages, ${count} addresses, ${external.size} of them of others: ${problems === 0 ? 'all lead somewhere' : `${problems} mistakes`}.`,
);
if (problems > 0) process.exitCode = 1;

function follow(file: string, { address, line, from }: Reference): void {
  count += 1;
  const destination = site.follow(address, file);
  const where = `${file}:${line}`;
  if (destination.kind === 'wrong')
    report(where, `${from} ${JSON.stringify(address)} ${destination.problem}.`);
  else if (destination.kind === 'external') {
    const on = external.get(destination.url) ?? new Set();
    external.set(destination.url, on.add(file));
  } else if (!hasAnchor(destination.file, destination.fragment))
    report(where, `${from} ${JSON.stringify(address)} names a place that ${destination.file} does not have.`);
}

/** The top of a page is always there; of a file that is no page, a fragment means something else. */
function hasAnchor(file: string, fragment: string): boolean {
  return fragment === '' || fragment === 'top' || (pages.get(file)?.ids.has(fragment) ?? true);
}

function report(where: string, problem: string): void {
  problems += 1;
  console.log(`${directory}/${where} ${problem}`);
}
