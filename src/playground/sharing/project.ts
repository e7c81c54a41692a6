/** A program as a project of its own: what a reader takes to a terminal. */
import type { SharedProgram } from './shared-program.ts';
import { quoteShellWord } from '../program/shell-words.ts';

/** A program and what its project says of it. */
export interface ProjectSource extends SharedProgram {
  /** Versions of the npm packages that it imports, by name. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Address of the page that it comes from. */
  readonly url: string;
  /** Major version of Node that the book is written for. */
  readonly nodeVersion: number;
}

/** Text of each file of the project, by name. Files of the program go before those that are made here. */
export function projectFiles(source: ProjectSource): Record<string, string> {
  const { files, env, stdin } = source;
  const own = files['package.json'];
  const made: Record<string, string> = { 'README.md': describe(source) };
  if (Object.keys(env).length > 0) made['.env'] = environmentFile(env);
  if (stdin !== undefined) made['stdin.txt'] = stdin;
  return { ...made, ...files, 'package.json': packageFile(source, own) };
}

/** Name of the project's folder and package: lower-case words joined by hyphens. */
export function projectName(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, 60) ?? 'program';
}

function startCommand({ entry, args, env, stdin }: ProjectSource): string {
  const environment = Object.keys(env).length > 0 ? ['--env-file=.env'] : [];
  const words = ['node', ...environment, ...(entry === '' ? [] : [entry]), ...args].map(quoteShellWord);
  return [...words, ...(stdin === undefined ? [] : ['<', 'stdin.txt'])].join(' ');
}

function packageFile(source: ProjectSource, own: string | undefined): string {
  const { title, dependencies, nodeVersion } = source;
  const needed = Object.keys(dependencies).length > 0 ? { dependencies } : {};
  const made = {
    name: projectName(title),
    private: true,
    scripts: { start: startCommand(source) },
    engines: { node: `>=${nodeVersion}` },
    ...needed,
  };
  if (own === undefined) return `${JSON.stringify(made, undefined, 2)}\n`;
  let written: unknown;
  try {
    written = JSON.parse(own);
  } catch {
    // The program is about a package.json that cannot be read: it stays as it is.
    return own;
  }
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return own;
  const parts = (name: string): object => {
    const value: unknown = Reflect.get(written, name);
    return typeof value === 'object' && value !== null ? value : {};
  };
  const scripts = { ...made.scripts, ...parts('scripts') };
  const all = { ...dependencies, ...parts('dependencies') };
  const merged = { ...written, scripts, ...(Object.keys(all).length > 0 ? { dependencies: all } : {}) };
  return `${JSON.stringify(merged, undefined, 2)}\n`;
}

function environmentFile(env: Readonly<Record<string, string>>): string {
  const lines = Object.entries(env).map(([name, value]) => {
    const quote = ["'", '"', '`'].find((each) => !value.includes(each)) ?? "'";
    return `${name}=${quote}${value}${quote}`;
  });
  return `${lines.join('\n')}\n`;
}

function describe(source: ProjectSource): string {
  const { title, url, dependencies, nodeVersion } = source;
  const install = Object.keys(dependencies).length > 0 ? ['npm install'] : [];
  return `# ${title.replaceAll(/\s+/g, ' ')}

A program of ${url}

It needs Node ${nodeVersion} or later:

\`\`\`sh
${[...install, 'npm start'].join('\n')}
\`\`\`

That runs \`${startCommand(source)}\`.
`;
}
