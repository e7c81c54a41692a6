/** Syntax errors of a program: V8's own words, and the line with a caret that Node prints above them. */
import type { ProcessRealm } from '../create-realm.ts';
import { withV8Stack } from '../stack-api/javascript-core.ts';
import { diagnose, diagnoseScript } from './diagnosis.ts';
import { moduleOptions } from './rewrite.ts';
import type { Parser } from './syntax-tree.ts';

/** Import and export keywords at the beginning of a statement, which a function cannot contain. */
const moduleSyntax =
  /^([ \t]*)(import\b(?!\s*[.(])[^;'"]*(?:from\s*)?(?:"[^"]*"|'[^']*')(?:\s*with\s*\{[^}]*\})?|export\s+default\b|export\b(?=\s*(?:const|let|var|function|class|async)\b)|export\s*\{[^}]*\}(?:\s*from\s*(?:"[^"]*"|'[^']*')(?:\s*with\s*\{[^}]*\})?)?)/gm;

/** The parser inside Node's library. */
export function parserOf(realm: ProcessRealm): Parser {
  // True: the module is acorn, whose parse has this signature.
  return realm.requireBuiltin('internal/deps/acorn/acorn/dist/acorn') as unknown as Parser;
}

/** The token that a text begins with: a word or number, a string, a punctuator. */
const tokenStart =
  /^(?:[\w$\u0080-\uffff]+|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\.{3}|=>|\?\?=?|\?\.|(?:\*\*|&&|\|\||<<|>>>?)=?|[-+*/%&|^<>=!]=+|\+\+|--|\S)/;

const regExp = /^\/(?:\\.|[^\\/\n])+\/\w*/;

/** Where acorn found an error, as an offset. */
function offsetOf(error: unknown): number | undefined {
  const offset: unknown = error instanceof SyntaxError ? Reflect.get(error, 'pos') : undefined;
  return typeof offset === 'number' ? offset : undefined;
}

/** The error of a module that the parser refused, as Node reports it. */
export function explainModuleError(
  realm: ProcessRealm,
  name: string,
  source: string,
  error: unknown,
): unknown {
  const offset = offsetOf(error);
  if (offset === undefined) return error;
  const { message, offset: place } = diagnoseModule(realm, source, messageOf(error), offset);
  return point(realm, new SyntaxError(message), name, source, place ?? offset);
}

/** What V8 would say of a module: it reads only scripts here, so that the words for module syntax are ours. */
function diagnoseModule(
  realm: ProcessRealm,
  source: string,
  found: string,
  offset: number,
): { message: string; offset: number | undefined } {
  const own = wordsFor(found);
  if (own !== undefined) return { message: own, offset };
  if (found === misplaced) return diagnoseMisplaced(source, offset);
  // What is left of the module is a function body.
  const body = source.replace(
    moduleSyntax,
    (text, indent: string) => indent + text.slice(indent.length).replace(/[^\n]/g, ' '),
  );
  const diagnosis = diagnose(realm, body, '(async function () {"use strict";', '\n})');
  if (diagnosis?.message.startsWith('await is only valid'))
    return { ...diagnosis, message: 'Unexpected reserved word' };
  const isArtefact =
    !diagnosis ||
    diagnosis.isAtEnd ||
    /^Cannot use import statement|token '(?:export|import)'/.test(diagnosis.message);
  return isArtefact ? { message: wordsForToken(source, offset, found), offset } : diagnosis;
}

const misplaced = "'import' and 'export' may only appear at the top level";

/** An `import` that is not at the top level can only be an expression: what follows it is wrong. */
function diagnoseMisplaced(source: string, offset: number): { message: string; offset: number } {
  const keywordAndSpace = /^import\s*/.exec(source.slice(offset))?.[0] ?? '';
  const place = offset + keywordAndSpace.length;
  return { message: wordsForToken(source, place, 'Unexpected token'), offset: place };
}

/** V8's words for what the parser says of a module as such. */
function wordsFor(found: string): string | undefined {
  const duplicate = /^Duplicate export '(.*)'$/.exec(found)?.[1];
  if (duplicate !== undefined) return `Duplicate export of '${duplicate}'`;
  if (/^Export '.*' is not defined$/.test(found)) return `${found} in module`;
  if (found === "'return' outside of function") return 'Illegal return statement';
  return /^Identifier '.*' has already been declared$/.test(found) ? found : undefined;
}

/** V8's words for a token that is out of place. */
function wordsForToken(source: string, offset: number, found: string): string {
  if (found === 'Unterminated template') return 'Unterminated template literal';
  if (!found.startsWith('Unexpected token')) return found;
  const rest = source.slice(offset);
  if (rest.trim() === '') return 'Unexpected end of input';
  const token = tokenStart.exec(rest)?.[0] ?? '';
  if (/^["']/.test(token)) return 'Unexpected string';
  if (/^\d/.test(token)) return 'Unexpected number';
  const isIdentifier = /^[\w$\u0080-\uffff]/.test(token) && !keyword.test(token);
  return isIdentifier ? `Unexpected identifier '${token}'` : `Unexpected token '${token}'`;
}

const keyword =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|finally|for|function|if|import|in|instanceof|new|return|super|switch|this|throw|try|typeof|var|void|while|with|null|true|false|enum)$/;

/** The error of a script that V8 refused, with the place of the mistake. */
export function explainScriptError(
  realm: ProcessRealm,
  name: string,
  source: string,
  error: unknown,
  lineOffset = 0,
): unknown {
  const diagnosis = diagnoseScript(realm, source.replace(/^#!/, '//'));
  return error instanceof SyntaxError
    ? pointAt(realm, error, diagnosis?.offset ?? offsetOfParser(realm, source), { name, source, lineOffset })
    : error;
}

/** The error of a function's body that V8 refused, with the place of the mistake. */
export function explainBodyError(
  realm: ProcessRealm,
  name: string,
  source: string,
  error: unknown,
  lineOffset = 0,
): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const text = source.replace(/^#!/, '//');
  const inFunction = diagnose(realm, text, '(function () {', '\n})');
  const isSure = inFunction?.offset !== undefined && !inFunction.isAtEnd;
  // What closes the function around it may hide what the text itself lacks.
  const alone = isSure ? undefined : diagnoseScript(realm, text);
  const diagnosis = alone && alone.message !== 'Illegal return statement' ? alone : inFunction;
  const offset =
    (diagnosis === inFunction && !isSure ? offsetOfParser(realm, source) : undefined) ??
    diagnosis?.offset ??
    offsetOfParser(realm, source);
  const isOther = diagnosis !== undefined && diagnosis.message !== error.message;
  const explained = isOther
    ? realm.stackTraces.withoutOwnFrames(() => new SyntaxError(diagnosis.message))
    : error;
  return pointAt(realm, explained, offset, { name, source, lineOffset });
}

function pointAt(
  realm: ProcessRealm,
  error: Error,
  offset: number | undefined,
  { name, source, lineOffset }: { name: string; source: string; lineOffset: number },
): Error {
  if (offset === undefined) return error;
  return point(realm, error, name, source, Math.min(offset, source.length), lineOffset);
}

function offsetOfParser(realm: ProcessRealm, source: string): number | undefined {
  try {
    parserOf(realm).parse(source, {
      ...moduleOptions,
      sourceType: 'commonjs',
      allowReturnOutsideFunction: true,
    });
  } catch (error) {
    return offsetOf(error) ?? 0;
  }
  return undefined;
}

/** Notes file, line, source line and caret on an error, where Node's library and its fatal exceptions look for them. */
export function point(
  realm: ProcessRealm,
  error: Error,
  name: string,
  source: string,
  offset: number,
  lineOffset = 0,
): Error {
  const before = source.slice(0, offset);
  const line = before.split('\n').length + lineOffset;
  const start = before.lastIndexOf('\n') + 1;
  const text = source.slice(start).split(/\r?\n/, 1)[0] ?? '';
  const rest = source.slice(offset);
  const isRegExp = error.message.startsWith('Invalid regular expression');
  const isCharacter = /^(?:Only one underscore|Numeric separators|Invalid Unicode escape)/.test(
    error.message,
  );
  const whole = ((isRegExp && regExp.exec(rest)) || tokenStart.exec(rest))?.[0] ?? '';
  const token = isCharacter ? whole.slice(0, 1) : whole;
  const indent = text.slice(0, offset - start).replace(/[^\t]/g, ' ');
  const arrow = `${name}:${line}\n${text}\n${indent}${'^'.repeat(token.length)}\n`;
  realm.privateSymbol('arrow_message_private_symbol').of(error).value = arrow;
  return withV8Stack(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
}
