/** The name that a text gives itself in a comment, as in `//# sourceURL=page.ejs`. */
import { moduleOptions } from './esm/rewrite.ts';
import type { Parser } from './esm/syntax-tree.ts';

/** Finds the name in a text; undefined where it has none. */
export type FindSourceUrl = (text: string) => string | undefined;

const sourceUrl = /^[#@][ \t]sourceURL=[ \t]*([^\s]+)\s*$/;

/** The name that the last such comment gives; what looks like one inside of a string or a template is none. */
export function sourceUrlIn(parser: Parser, text: string): string | undefined {
  if (!/[#@][ \t]sourceURL=/.test(text)) return undefined;
  return commentsIn(parser, text).reduce<string | undefined>(
    (found, comment) => (/^[#@][ \t]sourceURL=/.test(comment) ? sourceUrl.exec(comment)?.[1] : found),
    undefined,
  );
}

function commentsIn(parser: Parser, text: string): string[] {
  for (const sourceType of ['module', 'commonjs', 'script']) {
    const comments: string[] = [];
    const onComment = (isBlock: boolean, comment: string): void => {
      if (!isBlock) comments.push(comment);
    };
    try {
      parser.parse(text, { ...moduleOptions, sourceType, allowAwaitOutsideFunction: true, onComment });
      return comments;
    } catch {
      // A script may be no module; what is neither has comments at its end at most.
    }
  }
  return [/\/\/(.*)\s*$/.exec(text)?.[1] ?? ''];
}
