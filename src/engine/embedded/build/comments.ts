/**
 * Removes comments from Node's library while every line and column stays where stack traces say it is. Comments beside `throw`
 * and `triggerUncaughtException` stay too: such lines are shown to readers.
 */

/** The part of acorn, which Node's library contains, that the build uses. */
interface Parser {
  parse(
    source: string,
    options: {
      ecmaVersion: 'latest';
      allowReturnOutsideFunction: true;
      onComment(isBlock: boolean, text: string, start: number, end: number): void;
    },
  ): unknown;
}

/** Evaluates acorn out of Node's library and returns a function that blanks comments and non-ASCII characters. */
export function createCommentRemover(acornSource: string): (source: string) => string {
  const module = { exports: {} };
  // eslint-disable-next-line no-implied-eval -- the pinned Node's own copy of acorn, at build time
  new Function('exports', 'module', acornSource)(module.exports, module);
  // True: the module is acorn, whose parse has this signature.
  const parser = module.exports as Parser;
  return (source) => {
    let output = '';
    let end = 0;
    parser.parse(source, {
      ecmaVersion: 'latest',
      allowReturnOutsideFunction: true,
      onComment(_isBlock, _text, from, to) {
        // Node shows the line that threw or reported an error.
        if (
          /^[ \t]*(?:throw\b|triggerUncaughtException\()/.test(
            source.slice(source.lastIndexOf('\n', from) + 1, from),
          )
        )
          return;
        output += source.slice(end, from) + source.slice(from, to).replace(/[^\n]/g, ' ');
        end = to;
      },
    });
    output += source.slice(end);
    return output.replace(/[ \t]+$/gm, '').replace(/[^\0-\x7f]/g, escapeCharacter);
  };
}

// One byte a character halves the memory that each process needs for the library.
function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
