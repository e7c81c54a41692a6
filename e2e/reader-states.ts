/** What a reader may have before the eyes beside pages at rest: programs in each of their states. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { ReadingPage } from './reading-page.ts';
import { MapPage } from './map-page.ts';
import { SearchPage } from './search-page.ts';
import { SnippetPage } from './snippet-page.ts';
import type { Snippet } from './snippet-page.ts';

const chapter = 'understanding-node/what-is-node/';
const short = 'A delay does not hold up the next line';

/** What a program is doing is said once there is something to wait for: it appears a moment later. */
async function expectWords(snippet: Snippet): Promise<void> {
  await expect(snippet.figure.locator('.plate-progress')).toHaveCSS('opacity', '1');
}

/** One of them. */
export interface ReaderState {
  readonly name: string;
  readonly path: string;
  /** Where to look: the rest is as it was at rest. */
  readonly within: string;
  /** Brings the opened page into the state. */
  readonly reach: (book: SnippetPage, page: Page) => Promise<void>;
}

const colors = Array.from(
  { length: 8 },
  (_, color) => `\\x1b[3${color}mtext\\x1b[0m \\x1b[4${color}mtext\\x1b[0m`,
).join(' ');
const faces = String.raw`\x1b[2mdim\x1b[0m \x1b[7minverse\x1b[0m \x1b[38;5;226mpale\x1b[0m \x1b[38;5;17mdeep\x1b[0m`;

/** The states of one program; of `short`, unless it says within what. */
const inPrograms: readonly (readonly [
  name: string,
  reach: ReaderState['reach'],
  within?: string,
  path?: string,
])[] = [
  [
    'the editor, open and edited',
    async (book) => {
      await book.snippet(short).write('const name = process.argv[2];\nconsole.log(`Hello, ${name}.`);');
      await expect(book.snippet(short).reset).toBeVisible();
    },
  ],
  [
    'several files, with a name asked for, and the command',
    async (book) => {
      const snippet = book.snippet('The same check in the form and in the server');
      await snippet.act('Arguments, environment and input');
      await snippet.command.getByLabel('Arguments').fill("'half");
      await snippet.edit.click();
      await snippet.addFile('an/invalid?');
      await expect(snippet.figure.getByText('Escape does not.')).toBeHidden();
    },
    '[data-snippet$="/one-rule"]',
  ],
  [
    'a program that runs, in all colours',
    async (book) => {
      const snippet = book.snippet(short);
      await snippet.write(
        `console.log('${colors} ${faces}');\nconsole.error('a warning');\nsetInterval(() => {}, 1000);`,
      );
      await snippet.run.click();
      await expect(snippet.output).toContainText('a warning');
      await expect(snippet.figure.getByText('Running.')).toBeVisible();
      await expectWords(snippet);
    },
  ],
  [
    'a program that waits for another one',
    async (book) => {
      const [first, second] = [
        book.snippet(short),
        book.snippet('What survives JSON, and what survives structuredClone'),
      ];
      await first.write("console.log('begun');\nsetInterval(() => {}, 1000);");
      await first.run.click();
      await expect(first.output).toHaveText('begun');
      await second.run.click();
      await second.expectState('waiting');
      await expectWords(second);
    },
    '[data-snippet$="/json-or-clone"]',
  ],
  [
    'a program that failed, its line marked in the editor',
    async (book) => {
      const snippet = book.snippet(short);
      await snippet.write("throw new Error('as an example');");
      await snippet.run.click();
      await expect(snippet.result).toHaveText('Exited with code 1.');
    },
  ],
  [
    'a terminal that takes input',
    async (book) => {
      const snippet = book.snippet(short);
      await snippet.write(
        "import { createInterface } from 'node:readline';\n" +
          "createInterface({ input: process.stdin, output: process.stdout }).question('\\x1b[32mName?\\x1b[0m ', () => {});",
      );
      await snippet.run.click();
      await expect(snippet.terminal).toBeFocused();
      await expect(snippet.figure.locator('.xterm-rows')).toContainText('Name?');
    },
  ],
  [
    'a line for input',
    async (book) => {
      const snippet = book.snippet(short);
      await snippet.write("process['std' + 'in'].resume();");
      await snippet.run.click();
      await expect(snippet.figure.getByText('The program waits for input')).toBeVisible();
    },
  ],
  [
    'the pane of servers, with an answer',
    async (book) => {
      const shelf = book.snippet('A shelf of books, as JSON');
      await shelf.run.click();
      await shelf.servers.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(shelf.servers.getByText('Same as recorded on real Node.')).toBeVisible();
    },
    '[data-snippet$="/bookshelf"]',
    'networks-and-web-servers/http/',
  ],
  [
    'a comparison with the recording',
    async (book) => {
      const snippet = book.snippet(short);
      await snippet.write("console.log('one, two');\nconsole.log('four');");
      await snippet.run.click();
      await snippet.figure.getByRole('button', { name: 'Compare with the recording' }).click();
      await expect(snippet.figure.getByRole('region', { name: 'Recorded and printed here' })).toBeVisible();
    },
  ],
  [
    'the menu of a program',
    async (book) => {
      await book.snippet(short).more.click();
      await expect(book.snippet(short).figure.getByRole('button', { name: 'Share a link' })).toBeVisible();
    },
  ],
  [
    'the menu of engines',
    async (book) => {
      await book.snippet(short).engine.click();
      await expect(book.snippet(short).figure.getByText('You chose the embedded engine.')).toBeVisible();
    },
  ],
  [
    'the dialog to share',
    async (book, page) => {
      await book.snippet(short).act('Share a link');
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible();
    },
    'dialog',
  ],
  [
    'the sheet of shortcuts',
    async (_, page) => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
    'dialog',
  ],
  [
    'a section on the way, marked in the list of sections',
    async (_, page) => {
      const reading = new ReadingPage(page);
      if (await reading.folded.isVisible()) await reading.folded.locator('summary').click();
      await page
        .getByRole('heading', { level: 2, name: 'Try it' })
        .evaluate((heading) => heading.scrollIntoView());
      await expect(reading.current).toHaveText(['Try it']);
    },
    'header, .bar, .page-column, .chapter-head',
  ],
  [
    'the search, with results',
    async (_, page) => {
      const search = new SearchPage(page);
      await search.open();
      // At once: what the first letters find would be shown, too.
      await page.keyboard.insertText('readFile');
      await expect(search.pages.first()).toBeVisible();
      await page.keyboard.press('ArrowDown');
    },
    'dialog',
    'play/',
  ],
  [
    'the search, with nothing found',
    async (_, page) => {
      const search = new SearchPage(page);
      await search.open();
      await page.keyboard.insertText('zzzz');
      await expect(search.status).toHaveText('Nothing found for “zzzz”.');
    },
    'dialog',
    'play/',
  ],
  [
    'the search without its index',
    async (_, page) => {
      await page.route('**/pagefind/**', (route) => route.abort());
      await new SearchPage(page).open();
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
    'dialog',
    'play/',
  ],
  [
    'a checked exercise and an answered quiz',
    async (_, page) => {
      const checks = page.getByRole('group', { name: 'Checks of your answer' });
      await checks.getByRole('button', { name: 'Check my answer' }).click();
      // The sentence comes at the end; the list is there from the beginning.
      await expect(checks.locator('[data-part=summary]')).not.toBeEmpty();
      await expect(checks.getByRole('listitem').first()).toBeVisible();
      const question = page.getByRole('group', { name: /^Three clients each wait/ });
      await question.getByRole('radio').first().check();
      await question.getByRole('button', { name: 'Check' }).click();
      await expect(question.getByRole('status')).not.toBeEmpty();
    },
    'node-exercise, node-quiz',
  ],
];

async function narrow(list: MapPage): Promise<void> {
  await list.find.fill('stream');
  await expect(list.count).toContainText('found');
}

/** The states of the map of the book and of the glossary. */
const inLists: readonly (readonly [name: string, reach: (list: MapPage) => Promise<void>, path?: string])[] =
  [
    [
      'the map, with a chapter unfolded and pointed at',
      async (map) => {
        await map.topics('Streams').click();
        await map.chapterLink('Streams').hover();
        await expect(map.words).toContainText('19 Streams. Builds on 4,');
      },
    ],
    ['the map, narrowed', narrow],
    [
      'the map, with nothing found',
      async (map) => {
        await map.choose('Read');
        await map.find.fill('stream');
        await expect(map.count).toHaveText('No chapter found.');
      },
    ],
    ['the glossary, narrowed', narrow, 'glossary/'],
  ];

/** All of them. */
export const readerStates: readonly ReaderState[] = [
  ...inPrograms.map(
    ([name, reach, within = '[data-snippet$="/one-two-three"]', path = chapter]): ReaderState => ({
      name,
      path,
      within,
      reach,
    }),
  ),
  ...inLists.map(([name, reach, path = '']): ReaderState => ({
    name,
    path,
    within: 'main',
    reach: (_, page) => reach(new MapPage(page)),
  })),
];

/** Opens the page of a state and brings it there, as a reader who has chosen the embedded engine. */
export async function reachState(page: Page, { path, reach }: ReaderState): Promise<void> {
  // A program's own documents have no storage.
  await page.addInitScript(() => self === top && localStorage.setItem('loopbook:engine', 'embedded'));
  const book = new SnippetPage(page);
  await book.open(path);
  await reach(book, page);
}
