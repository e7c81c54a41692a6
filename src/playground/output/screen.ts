/** Where a program's output is shown: the contract that a log and a terminal fulfil, and which of them a program needs. */
import type { OutputChunk, Program, TerminalSize } from '../../engine/engine.ts';
import type { Printed } from './comparison.ts';

/** The elements of a program's output region. */
export interface ScreenParts {
  readonly region: HTMLElement;
  readonly label: HTMLElement;
  /** The static output: a screen writes into it, or hides it while it stands in its place. */
  readonly log: HTMLElement;
  readonly notice: HTMLElement;
}

/** What one run printed, and whether all of it is there. */
export interface Transcript extends Printed {
  readonly isCut: boolean;
  /** Number of lines that were printed. */
  readonly lines: number;
}

/** Shows one run. */
export interface Screen {
  /** The terminal that the program is to be given; undefined where its output is no terminal. */
  readonly size: TerminalSize | undefined;
  /** Takes a piece of output; the page shows it with one of the next frames. */
  write(chunk: OutputChunk): void;
  /** The run is over: shows what is left, or that there was nothing if the program ran `toItsEnd`. */
  finish(toItsEnd: boolean): Transcript;
  /** Puts the caret where the program's input is typed; nothing where it takes none. */
  focus(): void;
  /** Drops what is left, and lets go of the region. */
  dispose(): void;
}

/** Characters of a run's output that are kept, compared, and shown by a log. */
export const longestOutput = 256 * 1024;

/**
 * Whether a program has to be given a terminal, as far as its text tells: it is a REPL, or without an input of its own it
 * reads standard input or moves the cursor. One that does so unnoticed is shown on a terminal once its output says so.
 */
export function needsTerminal({
  command,
  files,
  stdin,
}: Pick<Program, 'command' | 'files' | 'stdin'>): boolean {
  if (isRepl(command)) return true;
  if (stdin !== undefined) return false;
  const sources = Object.entries(files).filter(
    ([name]) => /\.[cm]?[jt]sx?$/.test(name) || command.includes(name),
  );
  return sources.some(([, text]) => {
    const { code, strings } = split(text);
    return reads.some((pattern) => pattern.test(code)) || startsRepl(code) || movements.test(strings);
  });
}

/** Whether a command starts a REPL: `node` without a script, or with `-i`. Some options name what to do instead. */
export function isRepl([, ...words]: readonly string[]): boolean {
  if (words.some((word) => /^(?:-i|--interactive)$/.test(word))) return true;
  return words.every((word) => word === '' || (/^--?\w/.test(word) && !withoutRepl.test(word)));
}

const withoutRepl =
  /^(?:-[a-z]*[epchv]\b|--(?:eval|print|check|help|version|test|run|v8-options|completion-bash|build-s|expe.*-sea))/;

// In code whose strings are empty, but for the names of modules.
const reads = [
  // Asking whether it is a terminal reads nothing; reading its descriptor at once cannot wait for a reader.
  /\bprocess\s*(?:\?\.|\.)\s*stdin\b(?!\s*\??\.\s*(?:isTTY|fd)\b)/,
  /\bstdin\b[^{}]*\}\s*(?:=\s*(?:globalThis\s*\.\s*)?process\b(?!\s*\.)|(?:from|=\s*require\s*\()\s*'(?:node:)?process')/,
  /\bsetRawMode\s*\(/,
  /\b(?:cursorTo|moveCursor|clearLine|clearScreenDown|emitKeypressEvents)\s*\(/,
];

/** Whether code starts a REPL that reads what is typed: one that is given an input, such as a socket, reads that. */
function startsRepl(code: string): boolean {
  return (
    /\bfrom\s*'(?:node:)?repl'|\b(?:require|import)\s*\(\s*'(?:node:)?repl'/.test(code) &&
    !/\binput\s*[:,}]/.test(code)
  );
}

// As they are written in a string: the escape character, then a movement or a clearing, another screen, a reset.
const movements =
  // oxlint-disable-next-line no-control-regex -- a program may hold the character itself
  /(?:\\x1b|\\u001b|\\u\{0*1b\}|\\033|\\e|\x1b)(?:\[(?:[\d;]|\$\{[^}]*\})*[A-HJSTfsu]|\[[12]K|\[\?(?:47|104[79])[hl]|[78cM])/i;

const tokens =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'((?:\\[\s\S]|[^'\\\n])*)'|"((?:\\[\s\S]|[^"\\\n])*)"|`((?:\\[\s\S]|[^`\\])*)`/g;

/**
 * A program without its comments: its code with what strings say left out, unless it may be the name of a module, and all
 * that its strings say. A regular expression with quotation marks in it may confuse it for the rest of a line.
 */
function split(text: string): { readonly code: string; readonly strings: string } {
  const strings: string[] = [];
  const code = text.replace(tokens, (_, single?: string, double?: string, template?: string) => {
    const said = single ?? double ?? template;
    if (said === undefined) return ' ';
    strings.push(said);
    if (/^[\w:/.-]{1,20}$/.test(said)) return `'${said}'`;
    return template === undefined ? `''` : expressionsOf(template);
  });
  return { code, strings: strings.join('\n') };
}

/** The code in the places of a template. */
function expressionsOf(template: string): string {
  return `'' ${(template.match(/\$\{[^}]*\}/g) ?? []).join(' ')}`;
}
