/**
 * V8's private symbols, which no program can see, become objects that keep a value beside an object:
 * `error[arrow_message_private_symbol]` turns into `arrow_message_private_symbol.of(error).value`, which can be read,
 * assigned and updated alike. The process provides the objects (`process/private-symbol.ts`).
 */

/** The names under which Node's library knows them, its own aliases included. */
const names = [
  String.raw`\w+_private_symbol`,
  'host_defined_option_symbol',
  'kModuleSource',
  'kModuleExportNames',
  'kModuleCircularVisited',
  'kModuleExport',
  'kFirstModuleParent',
  'kLastModuleParent',
];

const member = new RegExp(String.raw`([\w$]+(?:\.[\w$]+)*)\[(${names.join('|')})\]`, 'g');

/** Rewrites every use of a private symbol as a key. Line numbers stay. */
export function rewritePrivateSymbols(source: string): string {
  return source.replace(member, '$2.of($1).value');
}
