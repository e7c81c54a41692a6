/**
 * `npm run build-time`: whether the build grows with the book and no faster, and how long the whole build of this book takes.
 * Exit code 1 where 1,000 generated chapters take more than 20 times as long as 50, or the whole build more than a minute.
 *
 *     node e2e/build-time/run.ts [--no-book]
 *
 * The shortest of some builds counts: whatever else the machine does makes a build longer, never shorter.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateBook } from './generated-book.ts';
import { duration, timedBuild, type Phase } from './timed-build.ts';

const short = { chapters: 50, builds: 3 };
const long = { chapters: 1000, builds: 2 };
/** Twenty times as many chapters. */
const mostTimes = 20;
/** Seconds on two cores, with engine, types and packages. */
const mostSeconds = 60;

const { values } = parseArgs({ options: { 'no-book': { type: 'boolean', default: false } } });

const small = await shortestBuild(short);
const large = await shortestBuild(long);
console.log(`| seconds | ${short.chapters} chapters | ${long.chapters} chapters |\n|---|---:|---:|`);
for (const { name, seconds } of large) {
  const before = small.find((phase) => phase.name === name)?.seconds ?? 0;
  console.log(`| ${name} | ${before.toFixed(1)} | ${seconds.toFixed(1)} |`);
}
const [one, other] = [duration(small), duration(large)];
console.log(`| **in all** | ${one.toFixed(1)} | ${other.toFixed(1)} |\n`);
report(
  `${long.chapters} chapters take ${(other / one).toFixed(1)} times as long as ${short.chapters}`,
  other / one,
  mostTimes,
);

if (!values['no-book']) {
  const begin = performance.now();
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'pipe', shell: process.platform === 'win32' });
  const seconds = (performance.now() - begin) / 1000;
  report(`The whole build of this book takes ${seconds.toFixed(1)} s`, seconds, mostSeconds);
}

/** Builds a generated book some times; resolves with the phases of the shortest build. */
async function shortestBuild({ chapters, builds }: typeof short): Promise<Phase[]> {
  const directory = await mkdtemp(join(tmpdir(), 'build-time-'));
  try {
    const content = join(directory, 'content');
    await generateBook(content, chapters);
    const found: Phase[][] = [];
    for (let build = 0; build < builds; build += 1) {
      // Each with nothing kept of the one before.
      const fresh = join(directory, String(build));
      found.push(await timedBuild(content, fresh));
      await rm(fresh, { recursive: true });
    }
    return found.toSorted((first, second) => duration(first) - duration(second))[0] ?? [];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function report(sentence: string, measured: number, most: number): void {
  console.log(`${sentence} (at most ${most}).${measured > most ? ' TOO MUCH' : ''}`);
  if (measured > most) process.exitCode = 1;
}
