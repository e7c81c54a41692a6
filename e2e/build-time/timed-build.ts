/** One build of the site, and how long its phases took, by what it says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Seconds of a phase of a build. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
}

/** Lines with which a phase ends, in their order. */
const ends: readonly (readonly [name: string, line: RegExp])[] = [
  ['content is read', /\[types\] Generated/],
  ['chapters are compiled', /\[vite\] ✓ built/],
  ['scripts and styles', /\[vite\] ✓ built/],
  ['pages are rendered', /^\S* ✓ Completed/],
];

/** Every last step names itself: `[loopbook:publish] search index: 26 chapters`. */
const step = /\[loopbook:publish\] ([^:]+):/;

/** Builds a book into a folder; rejects with what the build said where it fails. */
export async function timedBuild(content: string, directory: string): Promise<Phase[]> {
  const build = spawn(process.execPath, ['e2e/build-time/build-site.ts', directory], {
    env: { ...process.env, LOOPBOOK_CONTENT: content, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  build.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  const phases: Phase[] = [];
  let begin = performance.now();
  const end = (name: string) => {
    const now = performance.now();
    phases.push({ name, seconds: (now - begin) / 1000 });
    begin = now;
  };
  const closed = once(build, 'close');
  for await (const line of createInterface(build.stdout)) {
    said.push(`${line}\n`);
    const [name, pattern] = ends[phases.length] ?? [];
    const stepName = step.exec(line)?.[1];
    if (name !== undefined && pattern?.test(line)) end(name);
    else if (stepName !== undefined) end(stepName);
  }
  await closed;
  if (build.exitCode !== 0) throw new Error(`The build of ${content} failed:\n${said.slice(-40).join('')}`);
  end('the rest');
  return phases;
}

/** Seconds of all of them. */
export function duration(phases: readonly Phase[]): number {
  return phases.reduce((sum, { seconds }) => sum + seconds, 0);
}
