/** One fence of a chapter: the words after its opening backticks, read once into a typed object. */
import { SnippetError, type Place } from './snippet-error.ts';

/** A code fence as the Markdown parser found it. */
export interface FenceSource {
  readonly language: string;
  /** Everything after the language on the opening line, as written. */
  readonly meta: string;
  readonly code: string;
  readonly place: Place;
}

/** What a program says about itself on its first fence. */
export interface ProgramSettings {
  readonly title?: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly packages: readonly string[];
  readonly engine: 'any' | 'embedded' | 'webcontainer';
  readonly exitCode?: number;
  readonly isVarying: boolean;
  readonly isServer: boolean;
  /** The file is what is typed into Node's REPL, line by line. */
  readonly isRepl: boolean;
}

/** A fence that belongs to a program, or one that is only shown. */
export type Fence =
  | { readonly kind: 'shown'; readonly title?: string; readonly file?: string; readonly place: Place }
  | { readonly kind: 'requests'; readonly program: string; readonly code: string; readonly place: Place }
  | {
      readonly kind: 'program';
      readonly program: string;
      readonly file: string;
      /** The reader may look at the file, and not change it. */
      readonly isReadOnly: boolean;
      readonly code: string;
      readonly settings: ProgramSettings;
      /** Keys that only the first fence of a program may have, as far as this one has them. */
      readonly settingKeys: readonly string[];
      readonly place: Place;
    };

const defaultFiles: Readonly<Record<string, string>> = {
  js: 'main.mjs',
  mjs: 'main.mjs',
  cjs: 'main.cjs',
  ts: 'main.ts',
  mts: 'main.mts',
};
const misspelled: Readonly<Record<string, string>> = {
  javascript: 'js',
  typescript: 'ts',
  cts: 'ts',
  jsx: 'js',
  tsx: 'ts',
};

/** What each fence of a program says of its own file. */
const fileKeys = ['program', 'file', 'readonly'];
const settingKeys = [
  'title',
  'args',
  'env',
  'stdin',
  'packages',
  'engine',
  'exit',
  'varying',
  'server',
  'repl',
];
const flags = new Set(['readonly', 'varying', 'server', 'repl']);
/** What is typed into a REPL; the playground finds it under this name. */
const replFile = 'repl.js';
const knownKeys = [...fileKeys, ...settingKeys];
const slug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Reads one fence; throws a `SnippetError` that names its chapter and line and the known keys. */
export function parseFence({ language, meta, code, place }: FenceSource): Fence {
  const correct = misspelled[language];
  if (correct) throw new SnippetError(place, `The language "${language}" is written "${correct}" here.`);

  const values = parseMeta(meta, place);
  const defaultFile = defaultFiles[language];
  const program = values.get('program');
  if (program === undefined) {
    if (defaultFile !== undefined) {
      throw new SnippetError(
        place,
        `Every ${language} block runs, so it needs a name: program=<name>. ${known(knownKeys)}`,
      );
    }
    return shownFence(values, place);
  }
  if (!slug.test(program)) {
    throw new SnippetError(
      place,
      `program=${program} is not a name: lower-case words joined by hyphens, such as one-thread.`,
    );
  }
  const file = values.get('file') ?? (values.has('repl') ? replFile : defaultFile);
  if (language === 'http' && file === undefined) {
    const other = [...values.keys()].find((key) => key !== 'program');
    if (other)
      throw new SnippetError(place, `The requests to a program take no "${other}", only program=<name>.`);
    return { kind: 'requests', program, code, place };
  }
  if (file === undefined) {
    throw new SnippetError(place, `A ${language || 'plain'} block in a program needs file=<name>.`);
  }
  if (!/^[\w@.-]+(?:\/[\w@.-]+)*$/.test(file) || file.split('/').includes('..')) {
    throw new SnippetError(place, `file=${file} is not a path inside the program's folder.`);
  }
  return {
    kind: 'program',
    program,
    file,
    isReadOnly: values.has('readonly'),
    // Files end with a newline; the parser leaves it out.
    code: code === '' ? '' : `${code}\n`,
    settings: readSettings(values, place),
    settingKeys: [...values.keys()].filter((key) => !fileKeys.includes(key) && key !== 'title'),
    place,
  };
}

function shownFence(values: ReadonlyMap<string, string>, place: Place): Fence {
  const title = values.get('title');
  const file = values.get('file');
  const other = [...values.keys()].find((key) => key !== 'title' && key !== 'file');
  if (other)
    throw new SnippetError(place, `"${other}" means something only in a program: add program=<name>.`);
  return {
    kind: 'shown',
    place,
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file }),
  };
}

function readSettings(values: ReadonlyMap<string, string>, place: Place): ProgramSettings {
  const title = values.get('title');
  const stdin = values.get('stdin');
  const exit = values.get('exit');
  const engine = values.get('engine');
  const other = ['server', 'stdin', 'file'].find((key) => values.has(key));
  if (values.has('repl') && other !== undefined) {
    throw new SnippetError(
      place,
      `"repl" and "${other}" do not go together: a REPL reads the block, line by line.`,
    );
  }
  if (title?.trim() === '') throw new SnippetError(place, 'title="" is empty.');
  if (exit !== undefined && !/^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(exit)) {
    throw new SnippetError(place, `exit=${exit} is not an exit code: a whole number from 0 to 255.`);
  }
  if (engine !== undefined && engine !== 'embedded' && engine !== 'webcontainer') {
    throw new SnippetError(
      place,
      `engine=${engine} is unknown. Known: embedded, webcontainer; left out means either.`,
    );
  }
  return {
    args: splitWords(values.get('args') ?? '', place),
    env: readEnvironment(values.get('env') ?? '', place),
    packages: (values.get('packages') ?? '').split(/[\s,]+/).filter(Boolean),
    engine: engine ?? 'any',
    isVarying: values.has('varying'),
    isServer: values.has('server'),
    isRepl: values.has('repl'),
    ...(title === undefined ? {} : { title }),
    ...(stdin === undefined ? {} : { stdin }),
    ...(exit === undefined ? {} : { exitCode: Number(exit) }),
  };
}

function readEnvironment(text: string, place: Place): Record<string, string> {
  const pairs = splitWords(text, place).map((word) => {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
    if (!match) throw new SnippetError(place, `env: "${word}" is not NAME=value.`);
    // Both groups took part in the match.
    return [match[1], match[2]] as [string, string];
  });
  return Object.fromEntries(pairs);
}

/** `key=value`, `key="quoted \n value"` and flags, in any order; each at most once. */
function parseMeta(meta: string, place: Place): Map<string, string> {
  const values = new Map<string, string>();
  const token = /\s*([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?(?=\s|$)/y;
  while (meta.slice(token.lastIndex).trim() !== '') {
    const rest = meta.slice(token.lastIndex).trim();
    const [, key = '', quoted, bare] = token.exec(meta) ?? [];
    if (key === '')
      throw new SnippetError(
        place,
        `Cannot read «${rest}»: is a quotation mark missing? ${known(knownKeys)}`,
      );
    if (!knownKeys.includes(key))
      throw new SnippetError(place, `"${key}" is not a known key. ${known(knownKeys)}`);
    if (values.has(key)) throw new SnippetError(place, `"${key}" is given twice.`);
    const value = quoted === undefined ? bare : unescape(quoted, place);
    if (flags.has(key) !== (value === undefined)) {
      throw new SnippetError(
        place,
        flags.has(key) ? `"${key}" takes no value.` : `"${key}" needs a value: ${key}=…`,
      );
    }
    values.set(key, value ?? '');
  }
  return values;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '"': '"' };

function unescape(text: string, place: Place): string {
  return text.replace(/\\(.)/g, (sequence, character: string) => {
    const value = escapes[character];
    if (value === undefined)
      throw new SnippetError(
        place,
        `${sequence} is not known between quotation marks. Known: \\n \\t \\\\ \\".`,
      );
    return value;
  });
}

/** Splits as a shell does: words apart, 'single' and "double" quotation marks kept together. */
function splitWords(text: string, place: Place): string[] {
  const words: string[] = [];
  const word = /\s*((?:[^\s'"]|'[^']*'|"[^"]*")+)/y;
  while (text.slice(word.lastIndex).trim() !== '') {
    const quoted = word.exec(text)?.[1];
    if (quoted === undefined)
      throw new SnippetError(place, `Cannot split «${text}» into words: a quotation mark is not closed.`);
    words.push(
      quoted.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
    );
  }
  return words;
}

function known(keys: readonly string[]): string {
  return `Known keys: ${keys.join(', ')}.`;
}
