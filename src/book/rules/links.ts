/** Links between chapters lead somewhere, wherever the site is hosted; links to Node's documentation name its version. */
import GithubSlugger from 'github-slugger';
import type { Book, Rule } from '../book.ts';

const site = 'https://book.invalid/';
const documentation = 'https://nodejs.org/docs/latest-v24.x/';

/** Links that lead nowhere, or elsewhere than they seem. */
export const links: Rule = (book) => {
  const anchors = anchorsOf(book);
  return book.chapters.flatMap((chapter) =>
    chapter.links.flatMap(({ address, place }) => {
      const problem = problemOf(address, chapter.place.id, anchors);
      return problem === undefined ? [] : [{ place, message: `The link ${address} ${problem}` }];
    }),
  );
};

function problemOf(
  address: string,
  chapter: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (address.startsWith('/')) return 'breaks where the site has a base path: write it from here, with ../.';
  const base = `${site}${chapter}/`;
  if (!URL.canParse(address, base)) return 'is no address.';
  const url = new URL(address, base);
  if (!url.href.startsWith(site)) {
    if (url.protocol !== 'https:') return 'is not https.';
    const isOther = /^https:\/\/nodejs\.org\/(?:api|docs|dist|(?:en\/)?download)\//.test(url.href);
    return isOther && !url.href.startsWith(documentation)
      ? `is another version's documentation than ${documentation}.`
      : undefined;
  }
  const target = url.pathname.replace(/^\/|\/$/g, '');
  const known = anchors.get(target);
  if (!known) return 'leads to no chapter that is written.';
  if (!url.pathname.endsWith('/')) return 'lacks the / at the end of its path.';
  const anchor = decodeURIComponent(url.hash.slice(1));
  return anchor === '' || known.has(anchor)
    ? undefined
    : `leads to "${anchor}", which ${target} does not have.`;
}

/** What a link to each chapter can name: the ids of its headings, as the page has them. */
function anchorsOf({ chapters }: Book): Map<string, Set<string>> {
  return new Map(
    chapters.map(({ place, sections }) => {
      const slugger = new GithubSlugger();
      return [place.id, new Set(sections.map(({ id, title }) => id ?? slugger.slug(title)))];
    }),
  );
}
