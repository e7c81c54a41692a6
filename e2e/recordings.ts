/** The blocks of the built book, and whether an engine printed what real Node printed. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { OutputChunk, Program } from '../src/engine/engine.ts';
import type { RecordedSnippet } from '../src/snippet/snippet.ts';
import { textOf } from './engine-page.ts';
import type { Outcome } from './engine-page.ts';

/** Every block of `dist/snippets.json`; throws when the site has not been built. */
export async function readManifest(): Promise<RecordedSnippet[]> {
  const file = new URL('../dist/snippets.json', import.meta.url);
  // The build wrote it, from this type.
  return JSON.parse(await readFile(file, 'utf8')) as RecordedSnippet[];
}

/** The block as an engine takes it. */
export function programOf({ files, entry, args, env, packages, stdin }: RecordedSnippet): Program {
  const program = { files, packages, command: ['node', entry, ...args], env } as const;
  return stdin === undefined ? program : { ...program, stdin };
}

/** Runs a block in a page of `openEnginePage`; a server is stopped after its first line, as its recording was. */
export async function runSnippet(page: Page, snippet: RecordedSnippet): Promise<Outcome> {
  const program = programOf(snippet);
  return page.evaluate(
    async ([given, isServer]) => {
      const { run, engine, reason } = await window.enginePage.engines.start(given);
      const chunks: OutputChunk[] = [];
      let stopped: Promise<void> | undefined;
      const reader = run.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(next.value);
        if (isServer) stopped ??= run.kill('SIGTERM');
      }
      await stopped;
      return { engine, reason, exitCode: await run.exit, chunks };
    },
    [program, snippet.kind === 'server'] as const,
  );
}

/** How an outcome differs from the recording, a line each; none where it is the same. */
export function differences(snippet: RecordedSnippet, { exitCode, chunks }: Outcome): string[] {
  const { expected, isVarying, kind } = snippet;
  const found: string[] = [];
  // How a server ends is up to who stops it.
  if (exitCode !== expected.exitCode && kind !== 'server') {
    found.push(`exit code ${exitCode} instead of ${expected.exitCode}`);
  }
  if (isVarying) return found;
  const stdout = textOf(chunks, 'stdout');
  // What no engine could attribute belongs to the stream that lacks it.
  const isStdoutWhole = stdout === expected.stdout;
  const printed = isStdoutWhole ? stdout : textOf(chunks, 'stdout', 'both');
  const errors = isStdoutWhole ? textOf(chunks, 'stderr', 'both') : textOf(chunks, 'stderr');
  if (printed !== expected.stdout) {
    found.push(`stdout ${JSON.stringify(printed)}`, `instead of ${JSON.stringify(expected.stdout)}`);
  }
  // Versions of Node word their errors differently.
  if ((errors === '') !== (expected.stderr === '')) {
    found.push(`stderr ${JSON.stringify(errors)}`, `instead of ${JSON.stringify(expected.stderr)}`);
  }
  return found;
}

/** Errors as recordings keep them: without stack frames of Node's own, which depend on its version, and process ids. */
export function withoutNodeFrames(stderr: string): string {
  return stderr
    .replace(/\n[ \t]+at (?:[^\n]*\()?(?:async )?node:[^\n)]*\)?(?= \{|\n|$)/g, '')
    .replace(/^\(node:\d+\)/gm, '(node:<pid>)');
}
