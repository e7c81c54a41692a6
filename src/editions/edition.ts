/** What an edition is made of, and where its links may lead. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import GithubSlugger from 'github-slugger';
import type { Configuration } from '../layouts/configuration.ts';
import { readIdentity, type Identity } from '../snippet/identity.ts';
import { readBuiltChapters, type BuiltChapter } from './built-chapters.ts';

/** A book, ready to be bound. */
export interface Edition {
  readonly identity: Identity;
  /** For names of files: `loopbook`. */
  readonly slug: string;
  /** When its text was last changed. */
  readonly date: Date;
  readonly configuration: Pick<Configuration, 'site' | 'base'>;
  readonly chapters: readonly BuiltChapter[];
}

/** A part of the book with its chapters. */
export interface EditionPart<Chapter> {
  readonly number: number;
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

// What relative addresses are resolved against; it is never asked for anything.
const origin = 'https://book.invalid';

/** Reads a built site; throws a sentence where it is not one. */
export async function readEdition(
  site: string,
  contentDirectory: string,
  configuration: Configuration,
): Promise<Edition> {
  const identity = await readIdentity(contentDirectory);
  return {
    identity,
    slug: new GithubSlugger().slug(identity.title),
    date: await dateOf(contentDirectory),
    configuration,
    chapters: await readBuiltChapters(site, contentDirectory),
  };
}

/** Chapters under their parts, in reading order. */
export function partsOf<Chapter extends Pick<BuiltChapter, 'place'>>(
  chapters: readonly Chapter[],
): EditionPart<Chapter>[] {
  const parts = Map.groupBy(chapters, ({ place }) => place.part.id);
  return [...parts.values()].flatMap((members) => {
    const part = members[0]?.place.part;
    return part ? [{ number: part.number, title: part.title, chapters: members }] : [];
  });
}

/**
 * Where a link of a chapter's page leads in an edition: `toChapter` says the place of a chapter and a heading in it. Other pages
 * of the site are reached where the site has an origin; where it has none, the link has no address.
 */
export function addressIn(
  { configuration: { site, base }, chapters }: Edition,
  from: string,
  toChapter: (chapter: string, heading: string) => string,
): (address: string) => string | undefined {
  const known = new Set(chapters.map(({ place }) => place.id));
  return (address) => {
    const page = `${origin}${base}${from}/`;
    if (!URL.canParse(address, page)) return undefined;
    const url = new URL(address, page);
    if (url.origin !== origin) return url.href;
    const path = url.pathname.slice(base.length);
    const chapter = path.replace(/\/$/, '');
    if (known.has(chapter)) return toChapter(chapter, decodeURIComponent(url.hash.slice(1)));
    return site === undefined ? undefined : new URL(`${url.pathname}${url.hash}`, site).href;
  };
}

/** `SOURCE_DATE_EPOCH` where it is set, else the last commit to the book's folder, else now. */
async function dateOf(contentDirectory: string): Promise<Date> {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && /^\d+$/.test(given)) return new Date(Number(given) * 1000);
  try {
    const git = await promisify(execFile)('git', ['log', '-1', '--format=%ct', '--', '.'], {
      cwd: contentDirectory,
    });
    if (/^\d+\n$/.test(git.stdout)) return new Date(Number(git.stdout) * 1000);
  } catch {
    // No repository, or no git.
  }
  return new Date();
}
