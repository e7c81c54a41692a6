/** Every block of the book through the WebContainer engine, in the Node that WebContainers run, against its recording. */
import { expect, test } from '@playwright/test';
import { collectRecordedChapter, writtenChapters } from '../src/snippet/collect.ts';
import { openEnginePage } from './engine-page.ts';
import { CONTENT, differences, runSnippet } from './recordings.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';

for (const { id } of await writtenChapters(CONTENT)) {
  test(`every block of ${id} prints its recording in a WebContainer`, async ({ context }) => {
    const all = await collectRecordedChapter(CONTENT, id);
    const snippets = all.filter(({ engine }) => engine !== 'embedded');
    test.setTimeout(10_000 + snippets.length * 2_000);
    await installWebContainerDouble(context, { printsAfterExit: true });
    const page = await openEnginePage(context, { only: 'webcontainer' });
    for (const snippet of snippets) {
      await test.step(snippet.id, async () => {
        expect.soft(differences(snippet, await runSnippet(page, snippet)), snippet.id).toEqual([]);
      });
    }
  });
}
