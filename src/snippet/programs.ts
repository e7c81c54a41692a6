/** One chapter's tree → its programs: fences grouped, sections and titles resolved. */
import type { MdastNode } from 'satteri';
import type { ChapterPlace } from './curriculum.ts';
import { parseFence, type Fence } from './fence.ts';
import { mentionedPackages } from './packages.ts';
import { parseRequests } from './requests.ts';
import { SnippetError, type Place } from './snippet-error.ts';
import type { Snippet } from './snippet.ts';
import { isTag, ownTags } from './tags.ts';

type Code = Extract<MdastNode, { type: 'code' }>;
type Heading = Extract<MdastNode, { type: 'heading' }>;
type ProgramFence = Extract<Fence, { kind: 'program' }>;
type RequestsFence = Extract<Fence, { kind: 'requests' }>;

/** A program and the nodes of the tree that it was read from. */
export interface ProgramBlock {
  readonly snippet: Snippet;
  readonly place: Place;
  /** One a file. */
  readonly nodes: readonly { readonly node: Readonly<Code>; readonly file: string }[];
  /** Where its requests stand, if it is a server. */
  readonly requestsNode?: Readonly<Code>;
}

interface Group {
  readonly section: string | undefined;
  readonly members: { readonly node: Code; readonly fence: ProgramFence }[];
  requests?: { readonly node: Code; readonly fence: RequestsFence };
}

/** The exit code of a server that was asked to stop and does not handle it: 128 + SIGTERM. */
const stoppedServer = 143;

/**
 * Reads the programs of a chapter; throws a `SnippetError` at the first mistake. The tree needs positions. `packageNames`
 * are the npm packages that programs may import.
 */
export function readPrograms(
  tree: Readonly<MdastNode>,
  source: string,
  chapter: ChapterPlace,
  packageNames: readonly string[],
): ProgramBlock[] {
  const groups: Group[] = [];
  let section: string | undefined;

  const visit = (parent: Readonly<MdastNode>) => {
    if (!('children' in parent)) return;
    let open: Group | undefined;
    for (const node of parent.children) {
      if (node.type === 'heading' && node.depth === 2) section = headingId(node);
      const fence = node.type === 'code' ? parseFence(fenceSource(node, source, chapter)) : undefined;
      if (node.type === 'code' && fence?.kind === 'program') {
        if (open?.members[0]?.fence.program !== fence.program) groups.push((open = { section, members: [] }));
        open.members.push({ node, fence });
      } else if (node.type === 'code' && fence?.kind === 'requests') {
        if (open?.members[0]?.fence.program !== fence.program) {
          throw new SnippetError(
            fence.place,
            `Requests stand directly after the files of their program, and program=${fence.program} does not end above.`,
          );
        }
        open.requests = { node, fence };
        open = undefined;
      } else {
        open = undefined;
        if (!ownTags.some((name) => isTag(node, name))) visit(node);
      }
    }
  };
  visit(tree);

  const lines = new Map<string, number>();
  return groups.map((group) => {
    const block = assemble(group, chapter, packageNames);
    const line = lines.get(block.snippet.id);
    if (line !== undefined) {
      throw new SnippetError(
        block.place,
        `The program of this name began in line ${line}. The files of one program follow each other with nothing between; ` +
          'another program needs another name.',
      );
    }
    lines.set(block.snippet.id, block.place.line);
    return block;
  });
}

/** The id in `## Title {/* #id *\/}`, or undefined. */
export function headingId(heading: Readonly<Heading>): string | undefined {
  const last = heading.children.at(-1);
  return last?.type === 'mdxTextExpression'
    ? /^\s*\/\*\s*#(\S+)\s*\*\/\s*$/.exec(last.value)?.[1]
    : undefined;
}

function assemble(
  { section, members, requests }: Group,
  chapter: ChapterPlace,
  packageNames: readonly string[],
): ProgramBlock {
  const first = members[0]?.fence;
  if (!first) throw new Error('a group has at least one fence');
  const { place, settings } = first;
  if (settings.title === undefined) {
    throw new SnippetError(place, `program=${first.program} needs title="what it shows" on its first fence.`);
  }
  if (section === undefined || !chapter.topics.some((topic) => topic.id === section)) {
    const topics = chapter.topics.map((topic) => topic.id).join(', ');
    throw new SnippetError(
      place,
      `program=${first.program} stands ${section === undefined ? 'in no topic' : `in "${section}", which is not a topic of this chapter`}. ` +
        `Put it under a heading such as «## Title {/* #topic */}». Topics of this chapter: ${topics}.`,
    );
  }
  const unknown = settings.packages.find((name) => !packageNames.includes(name));
  if (unknown !== undefined) {
    throw new SnippetError(
      place,
      `packages=${unknown} is not there: add it to packages/package.json of the book. Packages: ${packageNames.join(', ') || 'none'}.`,
    );
  }
  if (settings.isServer && requests === undefined) {
    throw new SnippetError(
      place,
      `program=${first.program} is a server, and nobody asks it: put a fence «http program=${first.program}» with a request such as «GET /» directly after it.`,
    );
  }
  if (!settings.isServer && requests !== undefined) {
    throw new SnippetError(
      requests.fence.place,
      `program=${first.program} is no server: write «server» on its fence in line ${place.line}, or take the requests away.`,
    );
  }
  const files: Record<string, string> = {};
  for (const { fence } of members) {
    if (fence !== first && fence.settingKeys[0] !== undefined) {
      throw new SnippetError(
        fence.place,
        `"${fence.settingKeys[0]}" belongs on the program's first fence, in line ${place.line}.`,
      );
    }
    if (fence.file in files)
      throw new SnippetError(fence.place, `The program has two files named ${fence.file}: add file=<name>.`);
    files[fence.file] = fence.code;
  }
  const names = Object.keys(files);
  const mentioned = mentionedPackages(files, packageNames);
  return {
    place,
    nodes: members.map(({ node, fence }) => ({ node, file: fence.file })),
    ...(requests === undefined ? {} : { requestsNode: requests.node }),
    snippet: {
      id: `${chapter.id}/${first.program}`,
      path: `/${chapter.id}/#${section}`,
      chapter: chapter.id,
      topic: section,
      title: settings.title,
      files,
      readOnly: members.flatMap(({ fence }) => (fence.isReadOnly ? [fence.file] : [])),
      entry: settings.isRepl ? '' : (names.find((name) => /^main\.\w+$/.test(name)) ?? first.file),
      args: settings.args,
      env: settings.env,
      ...(settings.stdin === undefined ? {} : { stdin: settings.stdin }),
      packages: packageNames.filter((name) => settings.packages.includes(name) || mentioned.includes(name)),
      engine: settings.engine,
      kind: settings.isServer ? 'server' : settings.isRepl ? 'repl' : 'script',
      isVarying: settings.isVarying,
      exitCode: settings.exitCode ?? (settings.isServer ? stoppedServer : 0),
      requests: requests === undefined ? [] : parseRequests(requests.fence.code, requests.fence.place),
    },
  };
}

function fenceSource(node: Code, source: string, chapter: ChapterPlace) {
  if (!node.position) throw new Error('the tree was parsed without positions');
  const { start } = node.position;
  const offset = start.offset ?? 0;
  // The parser unescapes the opening line (`\"` becomes `"`); the program's keys have escapes of their own.
  const opening = source.slice(offset, source.indexOf('\n', offset)).trimEnd();
  const language = node.lang ?? '';
  return {
    language,
    meta: opening.replace(/^[`~]+\s*/, '').slice(language.length),
    code: node.value,
    place: { chapter: chapter.id, line: start.line },
  };
}
