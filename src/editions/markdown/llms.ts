/** `llms.txt` and `llms-full.txt`: the book for readers that are programs. Convention: https://llmstxt.org */
import packageJson from '../../../package.json' with { type: 'json' };
import type { Configuration } from '../../layouts/configuration.ts';
import type { Identity } from '../../snippet/identity.ts';
import type { Target } from './addresses.ts';
import { printWhole } from './book.ts';
import type { MarkdownChapter } from './chapter.ts';

type Place = Pick<Configuration, 'site' | 'base'>;

/** Title, summary, and for each part the Markdown of its chapters. */
export function printIndex(
  { title, tagline, description }: Identity,
  chapters: readonly MarkdownChapter[],
  place: Place,
): string {
  const lines = [`# ${title}`, '', `> ${description}`, '', `${tagline}. ${form}`];
  let part: string | undefined;
  for (const chapter of chapters) {
    const { id, part: its } = chapter.place;
    if (its.id !== part) lines.push('', `## ${its.title}`, '');
    part = its.id;
    const address = addressIn(place, { chapter: id, path: `${id}/`, heading: '' });
    lines.push(`- [${chapter.title}](${address}): ${chapter.description}`);
  }
  lines.push('', '## Optional', '');
  lines.push(`- [The whole book](${root(place)}llms-full.txt): all chapters in one file, in reading order`);
  return `${lines.join('\n')}\n`;
}

/** The whole book under its title. */
export function printFull(
  { title, description, author, license }: Identity,
  chapters: readonly MarkdownChapter[],
  place: Place,
): string {
  const head = `# ${title}\n\n> ${description}\n\nBy ${author}, [${license.name}](${license.url}). ${form}\n`;
  return `${head}\n${printWhole(chapters, (target) => addressIn(place, target))}`;
}

const form =
  'Each chapter is prose with whole programs, and after each program stands what it printed in ' +
  `Node.js ${packageJson.devDependencies.node}; exercises come with hints and a solution, quizzes with reasons.`;

/** With the origin where it is known, else from the root of the host. */
function addressIn(place: Place, { chapter, path, heading }: Target): string {
  const page = chapter === undefined ? path : `${chapter}.md`;
  return `${root(place)}${page}${heading === '' ? '' : `#${heading}`}`;
}

function root({ site, base }: Place): string {
  return site === undefined ? base : new URL(base, site).href;
}
