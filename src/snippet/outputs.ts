/**
 * `npm run outputs`: runs every program in the pinned Node, sends a server its requests, and writes its recording.
 * `npm run outputs -- --check`: changes nothing, and fails where a recording is missing, differs or belongs to no program,
 * or where Node 22 prints something else. Names of chapters or programs narrow either to those.
 */
import { glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { collect } from './collect.ts';
import { contentFolder } from './content-folder.ts';
import { isMeant } from './narrowing.ts';
import { installNode22, node22Version } from './node-22.ts';
import { InstalledPackages } from './packages.ts';
import type { ProgramBlock } from './programs.ts';
import { printRecording, recordingOf, recordingPaths } from './recording.ts';
import { run } from './run.ts';
import type { Recording } from './snippet.ts';

const { values: options, positionals: only } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const content = resolve(contentFolder);
let installing: Promise<InstalledPackages> | undefined;
const packages = () => (installing ??= InstalledPackages.open(content));
const problems: string[] = [];
const failed = new Set<ProgramBlock>();
/** Servers run one after the other, because most of them want the same port. */
let lastServer: Promise<unknown> = Promise.resolve();

const all = await collect(content);
const blocks = all.filter(({ snippet }) => isMeant(snippet.id, only));
if (blocks.length === 0)
  problems.push(only.length > 0 ? `No program is named ${only.join(' or ')}.` : 'The book has no programs.');

await inParallel(blocks, options.check ? check : record);
await forEachStale(async (path) => {
  if (options.check) problems.push(`${path}: belongs to no program. Run: npm run outputs`);
  else await rm(path);
});
if (options.check) {
  const node22 = await installNode22();
  const sound = blocks.filter((block) => !failed.has(block));
  await inParallel(sound, (block) => checkOnNode22(block, node22));
}

if (problems.length > 0) {
  console.error(problems.toSorted().join('\n\n'));
  process.exitCode = 1;
} else {
  const where = options.check
    ? `match what Node ${process.versions.node} and ${node22Version} print`
    : 'are recorded';
  console.log(`${blocks.length} programs ${where}.`);
}

async function record(block: ProgramBlock): Promise<void> {
  const actual = await runHere(block);
  if (!actual) return;
  const before = await recordingOf(content, block.snippet).catch(() => undefined);
  // What varies would change the files each time.
  if (block.snippet.isVarying && before && isSameInKind(before, actual)) return;
  for (const [path, text] of printRecording(block.snippet, actual)) {
    await mkdir(dirname(join(content, path)), { recursive: true });
    await writeFile(join(content, path), text);
  }
}

async function check(block: ProgramBlock): Promise<void> {
  const expected = await recorded(block);
  if (!expected) return;
  const actual = await runHere(block);
  if (!actual) return;
  const found = difference(block, expected, actual);
  if (found) {
    report(block, `does something else than its recording. If that is meant, run: npm run outputs\n${found}`);
  }
}

/** On Node 22 stderr does not count: it words some errors differently. */
async function checkOnNode22(block: ProgramBlock, node22: string): Promise<void> {
  const expected = await recorded(block);
  if (!expected || block.snippet.engine === 'embedded') return;
  const actual = await attempt(block, node22);
  if (!actual) return;
  const found = difference(block, { ...expected, stderr: '' }, { ...actual, stderr: '' });
  if (found) {
    report(
      block,
      `does something else on Node ${node22Version}, which WebContainers run. ` +
        `Change the program so that both agree, or mark it engine=embedded.\n${found}`,
    );
  }
}

async function recorded(block: ProgramBlock): Promise<Recording | undefined> {
  try {
    const expected = await recordingOf(content, block.snippet);
    if (!expected) report(block, 'has no recorded output. Run: npm run outputs');
    return expected;
  } catch (error) {
    report(
      block,
      `has a recording that is not its own. ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

/** Runs on this Node and compares the exit code with the one that the fence names. */
async function runHere(block: ProgramBlock): Promise<Recording | undefined> {
  const actual = await attempt(block, process.execPath);
  const wanted = block.snippet.exitCode;
  if (!actual || actual.exitCode === wanted) return actual;
  report(
    block,
    `exited with ${actual.exitCode}, not ${wanted}. If it is meant to, write exit=${actual.exitCode} on its fence.\n${actual.stderr}`,
  );
  return undefined;
}

async function attempt(block: ProgramBlock, node: string): Promise<Recording | undefined> {
  const start = () => run(block.snippet, { node, packages });
  try {
    if (block.snippet.kind !== 'server') return await start();
    const ended = lastServer.then(start, start);
    lastServer = ended;
    return await ended;
  } catch (error) {
    report(block, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function report(block: ProgramBlock, problem: string): void {
  const { snippet, place } = block;
  failed.add(block);
  problems.push(`${contentFolder}/${place.chapter}/index.mdx:${place.line}: ${snippet.id} ${problem}`);
}

async function forEachStale(visit: (path: string) => Promise<void>): Promise<void> {
  const owned = new Set(all.flatMap(({ snippet }) => recordingPaths(snippet)));
  for await (const path of glob('*/*/outputs/*', { cwd: content })) {
    if (!owned.has(path)) await visit(join(contentFolder, path));
  }
}

async function inParallel(
  work: readonly ProgramBlock[],
  visit: (block: ProgramBlock) => Promise<void>,
): Promise<void> {
  const queue = work.values();
  const worker = async () => {
    for (const block of queue) await visit(block);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** How a run differs from its recording, as lines of a diff; empty where it does not. What varies is compared in kind only. */
function difference({ snippet }: ProgramBlock, before: Recording, now: Recording): string {
  if (snippet.isVarying && isSameInKind(before, now)) return '';
  const texts = printRecording(snippet, now);
  return [...printRecording(snippet, before)]
    .map(([path, text]) => changedLines(text, texts.get(path) ?? ''))
    .filter((lines) => lines !== '')
    .join('\n');
}

/** Whether two runs ended alike, and answered with the same status each time. */
function isSameInKind(before: Recording, now: Recording): boolean {
  const kind = ({ exitCode, exchanges }: Recording) => [exitCode, ...exchanges.map(({ status }) => status)];
  return kind(before).join() === kind(now).join();
}

/** The lines that changed, marked as in a diff, with the equal ones at either end left out. */
function changedLines(before: string, now: string): string {
  const old = before.split('\n');
  const fresh = now.split('\n');
  if (before === now) return '';
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end))
    end += 1;
  return [
    ...old.slice(start, old.length - end).map((line) => `  - ${line}`),
    ...fresh.slice(start, fresh.length - end).map((line) => `  + ${line}`),
  ].join('\n');
}
