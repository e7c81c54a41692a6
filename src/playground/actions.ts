/** The menu of what a reader can do with a program beside running it. */
import type { Draft } from './program/draft.ts';
import type { FileTabs } from './program/file-tabs.ts';
import type { Action } from './more-menu.ts';
import type { SharedProgram } from './sharing/shared-program.ts';

/** What the actions act on. */
export interface ActionContext {
  readonly draft: Draft;
  readonly files: FileTabs;
  /** What the reader knows the program by. */
  readonly title: string;
  readonly packages: readonly string[];
  readonly openCommand: () => void;
  readonly compareWithOriginal: () => void;
  readonly say: (sentence: string) => void;
}

/** The actions that make sense now, in groups. */
export function actionsOf(context: ActionContext): Action[][] {
  const { draft, files, openCommand, compareWithOriginal } = context;
  const inEditor = (act: () => Promise<void>) => () => {
    act().catch(() => context.say('The editor could not be loaded. Check the connection and try again.'));
  };
  const share = (act: (program: SharedProgram) => Promise<void>) => () => {
    act({ title: context.title, ...draft.current }).catch((error: unknown) => {
      const isSentence = error instanceof Error && error.name === 'ShareError';
      context.say(isSentence ? error.message : 'That did not work. Check the connection and try again.');
    });
  };
  const { base = '/' } = document.documentElement.dataset;
  const playUrl = new URL(`${base}play/`, location.href);
  const isPlayground = location.pathname === playUrl.pathname;
  return [
    [
      { label: 'Arguments, environment and input', run: openCommand },
      { label: 'Add a file', run: inEditor(() => files.add()) },
      { label: 'Format the file', run: inEditor(() => files.format()) },
      { label: 'Find in the file', run: inEditor(() => files.find()) },
      { label: 'Compare with the original code', ...(draft.isEdited ? { run: compareWithOriginal } : {}) },
    ],
    [
      {
        label: 'Share a link',
        run: share(async (program) => {
          const { openShareDialog } = await import('./sharing/share-dialog.ts');
          await openShareDialog(program, { playUrl, download: () => share(download)() });
        }),
      },
      { label: 'Download as a zip file', run: share(download) },
      {
        label: 'Open in StackBlitz',
        run: share(async (program) => {
          const [{ openInStackBlitz }, { projectSourceOf }] = await Promise.all([
            import('./sharing/stackblitz.ts'),
            import('./sharing/download.ts'),
          ]);
          openInStackBlitz(await projectSourceOf(program, context.packages));
        }),
      },
      {
        label: 'Open in the playground',
        ...(isPlayground
          ? {}
          : {
              run: share(async (program) => {
                const { encodeSharedProgram } = await import('./sharing/shared-program.ts');
                location.assign(new URL(await encodeSharedProgram(program), playUrl));
              }),
            }),
      },
    ],
    [
      {
        label: 'Keyboard shortcuts',
        run: () => {
          import('./help-sheet.ts').then(
            ({ showHelpSheet }) => showHelpSheet(),
            () => context.say('The shortcuts could not be loaded. Check the connection and try again.'),
          );
        },
      },
      {
        label: 'What this browser keeps',
        run: () => location.assign(new URL(`${base}your-work/`, location.href)),
      },
    ],
  ];

  async function download(program: SharedProgram): Promise<void> {
    const { downloadProject, projectSourceOf } = await import('./sharing/download.ts');
    await downloadProject(await projectSourceOf(program, context.packages));
  }
}
