/** The programs of the book in the JavaScript engine of another browser than Chromium, and what is known to differ there. */
import { CHAPTERS, differences, readManifest, runSnippet } from './recordings.ts';
import type { EvaluatingPage } from './recordings.ts';

/** What came out for all programs. */
export interface ProgramReport {
  readonly total: number;
  /** Programs that print what was recorded. */
  readonly same: number;
  /** A line for each that differs without a known cause, or does not differ though a cause is known. */
  readonly problems: readonly string[];
}

/** Programs that print something else than in Node, by their ids, and why. */
export type KnownDifferences = Readonly<Record<string, string>>;

/** Gives a chapter's programs a page with the embedded engine as `window.embedded`. */
export type WithPage = (run: (page: EvaluatingPage) => Promise<void>) => Promise<void>;

/** Runs every program of the book that the embedded engine runs; standard error counts where there is some and should not be. */
export async function runPrograms(withPage: WithPage, known: KnownDifferences): Promise<ProgramReport> {
  const problems: string[] = [];
  let total = 0;
  let same = 0;
  for (const chapter of CHAPTERS) {
    const snippets = await readManifest(chapter);
    await withPage(async (page) => {
      for (const snippet of snippets) {
        if (snippet.engine === 'webcontainer') continue;
        total += 1;
        const found = differences(snippet, await runSnippet(page, snippet));
        const isKnown = snippet.id in known;
        if (found.length === 0) same += 1;
        if (found.length > 0 && !isKnown) problems.push(`${snippet.id}: ${found.join(' ')}`);
        if (found.length === 0 && isKnown)
          problems.push(`${snippet.id}: prints what was recorded, though a cause is known why it cannot`);
      }
    });
  }
  return { total, same, problems };
}

/** Prints a report; the exit code of the command is 1 where there are problems. */
export function showPrograms({ total, same, problems }: ProgramReport, known: KnownDifferences): void {
  console.log(`  programs of the book that print what Node printed: ${same} of ${total}`);
  for (const [program, cause] of Object.entries(known)) console.log(`    ${program} differs: ${cause}`);
  for (const problem of problems) console.log(`    ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
