/** Which of Prettier's parsers reads a file: small, so that asking does not load Prettier. */

/** A parser's name. */
export type ParserName = 'babel' | 'typescript' | 'json';

/** The parser for a file; nothing where it cannot be formatted. */
export function parserFor(name: string): ParserName | undefined {
  if (/\.[mc]?js$/.test(name)) return 'babel';
  if (/\.[mc]?ts$/.test(name)) return 'typescript';
  return name.endsWith('.json') ? 'json' : undefined;
}
