/** Every block of the book through the WebContainer engine, in the Node that WebContainers run, against its recording. */
import { expect, test } from '@playwright/test';
import { openEnginePage } from './engine-page.ts';
import { CHAPTERS, differences, readManifest, runSnippet } from './recordings.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';

for (const chapter of CHAPTERS) {
  test(`every block of ${chapter} prints its recording in a WebContainer`, async ({ context }) => {
    const all = await readManifest(chapter);
    const snippets = all.filter(({ engine }) => engine !== 'embedded');
    await installWebContainerDouble(context, { printsAfterExit: true });
    const page = await openEnginePage(context, { only: 'webcontainer' });
    for (const snippet of snippets) {
      await test.step(snippet.id, async () => {
        expect.soft(differences(snippet, await runSnippet(page, snippet)), snippet.id).toEqual([]);
      });
    }
  });
}
