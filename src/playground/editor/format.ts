/** Formats a file with Prettier, loaded on use: its core and the plugins that the file's kind needs. */
import type { Plugin } from 'prettier';
import { parserFor } from './parsers.ts';
import type { ParserName } from './parsers.ts';

/** What came of it: the text and the caret in it, or why not, as a sentence, with the place where it is known. */
export type Formatted =
  | { readonly text: string; readonly caret: number }
  | { readonly problem: string; readonly line?: number; readonly column?: number };

const babel = async (): Promise<Plugin[]> => [await import('prettier/plugins/babel'), await printer()];
const plugins: Readonly<Record<ParserName, () => Promise<Plugin[]>>> = {
  babel,
  json: babel,
  typescript: async () => [await import('prettier/plugins/typescript'), await printer()],
};

async function printer(): Promise<Plugin> {
  // True: it is a plugin; its declaration leaves the printer's type open.
  return (await import('prettier/plugins/estree')) as Plugin;
}

/** Formats a text; `caret` is an offset in it. Never rejects: what went wrong is said in the result. */
export async function format(name: string, text: string, caret: number): Promise<Formatted> {
  const parser = parserFor(name);
  if (!parser) return { problem: `Files such as ${name} cannot be formatted.` };
  let prettier;
  let loaded;
  try {
    [prettier, loaded] = await Promise.all([import('prettier/standalone'), plugins[parser]()]);
  } catch {
    return { problem: 'The formatter could not be loaded. Check the connection and try again.' };
  }
  try {
    const { formatted, cursorOffset } = await prettier.formatWithCursor(text, {
      parser,
      plugins: loaded,
      cursorOffset: caret,
      singleQuote: true,
    });
    return { text: formatted, caret: Math.max(cursorOffset, 0) };
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): Formatted {
  const message = error instanceof Error ? error.message : String(error);
  // The message goes on with a picture of the code, and with the place that is said here in words.
  const [reason = ''] = message.split('\n');
  const words = reason.replace(/\s*\(\d+:\d+\)\.?$/, '').replace(/\.$/, '');
  const { line, column } = placeOf(error);
  if (line === undefined) return { problem: `The file could not be formatted: ${words}.` };
  return {
    problem: `Not formatted: line ${line} has a syntax error. ${words}.`,
    line,
    ...(column === undefined ? {} : { column }),
  };
}

/** Prettier's syntax errors say where they are. */
function placeOf(error: unknown): { readonly line?: number; readonly column?: number } {
  const location: unknown = error instanceof Error ? Reflect.get(error, 'loc') : undefined;
  const start: unknown =
    typeof location === 'object' && location !== null ? Reflect.get(location, 'start') : undefined;
  if (typeof start !== 'object' || start === null) return {};
  const [line, column]: unknown[] = [Reflect.get(start, 'line'), Reflect.get(start, 'column')];
  if (typeof line !== 'number') return {};
  return typeof column === 'number' ? { line, column } : { line };
}
