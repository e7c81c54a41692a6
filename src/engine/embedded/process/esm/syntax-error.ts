/** Syntax errors of a program: V8's own words, and the line with a caret that Node prints above them. */
import type { ProcessRealm } from '../create-realm.ts';
import { moduleOptions } from './rewrite.ts';
import type { Parser } from './syntax-tree.ts';

/** Import and export keywords at the beginning of a statement, which a function cannot contain. */
const moduleSyntax =
  /^([ \t]*)(import\b(?!\s*[.(])[^;'"]*(?:from\s*)?(?:"[^"]*"|'[^']*')|export\s+default\b|export\b(?=\s*(?:const|let|var|function|class|async)\b)|export\s*\{[^}]*\}(?:\s*from\s*(?:"[^"]*"|'[^']*'))?)/gm;

/** The parser inside Node's library. */
export function parserOf(realm: ProcessRealm): Parser {
  // True: the module is acorn, whose parse has this signature.
  return realm.requireBuiltin('internal/deps/acorn/acorn/dist/acorn') as unknown as Parser;
}

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
  // What is left of the module is a function body: V8 says in its own words what is wrong with it.
  const body = source.replace(
    moduleSyntax,
    (text, indent: string) => indent + text.slice(indent.length).replace(/[^\n]/g, ' '),
  );
  const wording = wordingOf(realm, `(async function () { ${body}\n})`) ?? withoutPosition(error);
  return point(realm, new SyntaxError(wording), name, source, offset);
}

/** The error of a script that V8 refused, with the place where acorn found it. */
export function explainScriptError(
  realm: ProcessRealm,
  name: string,
  source: string,
  error: unknown,
  lineOffset = 0,
): unknown {
  if (!(error instanceof SyntaxError)) return error;
  try {
    parserOf(realm).parse(source, {
      ...moduleOptions,
      sourceType: 'commonjs',
      allowReturnOutsideFunction: true,
    });
  } catch (found) {
    return point(realm, error, name, source, offsetOf(found) ?? 0, lineOffset);
  }
  return error;
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
  const token = /^[\w$]+|^[^\s\w]/.exec(source.slice(offset))?.[0] ?? ' ';
  const indent = text.slice(0, offset - start).replace(/[^\t]/g, ' ');
  const arrow = `${name}:${line}\n${text}\n${indent}${'^'.repeat(token.length)}\n`;
  realm.privateSymbol('arrow_message_private_symbol').of(error).value = arrow;
  return error;
}

function wordingOf(realm: ProcessRealm, code: string): string | undefined {
  try {
    realm.evaluate(code);
  } catch (error) {
    return error instanceof SyntaxError ? error.message : undefined;
  }
  return undefined;
}

function withoutPosition(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
}
