/** Programs of the book that print something else in Firefox than in Node, and why. */
import type { KnownDifferences } from '../book-programs.ts';

const messages =
  "Firefox's JavaScript engine words the errors of the language itself in its own way, which no program can change.";
const recursion = 'Firefox reports a full stack as an InternalError, not as a RangeError.';

export const knownDifferences: KnownDifferences = {
  'asynchronous-javascript/async-await/async-stack':
    'Firefox keeps the functions that wait out of stack traces while its developer tools are closed.',
  'asynchronous-javascript/async-await/error-mapper': messages,
  'modules-and-packages/modules/leaks': messages,
  'networks-and-web-servers/express/notes': messages,
  'networks-and-web-servers/middleware/login': messages,
  'understanding-node/libuv/copied-or-moved': messages,
  'understanding-node/repl/own-loop': messages,
  'understanding-node/repl/question-node': messages,
  'understanding-node/repl/script-not-module': messages,
  'understanding-node/v8/deep-tree': recursion,
  'understanding-node/v8/how-deep': recursion,
};
