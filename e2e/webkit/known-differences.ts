/** Programs of the book that print something else in WebKit than in Node, and why. */
import type { KnownDifferences } from '../book-programs.ts';

const messages =
  "WebKit's JavaScript engine words the errors of the language itself in its own way, which no program can change.";
const functionNames =
  'WebKit does not tell where evaluated text is in a stack trace, so that traces have no frames here.';

/** Program, by its id, and the cause. */
export const knownDifferences: KnownDifferences = {
  'asynchronous-javascript/async-await/async-stack': functionNames,
  'asynchronous-javascript/async-await/error-mapper': messages,
  'asynchronous-javascript/callbacks/request-context': functionNames,
  'modules-and-packages/modules/leaks': messages,
  'modules-and-packages/small-parts/closure-stays': messages,
  'modules-and-packages/small-parts/only-calculates':
    'WebKit has a newer proposal of WebAssembly, by which exports tell their types.',
  'networks-and-web-servers/express/notes': messages,
  'networks-and-web-servers/middleware/login': messages,
  'networks-and-web-servers/middleware/three-parameters': functionNames,
  'networks-and-web-servers/sockets/remote-repl': messages,
  'networks-and-web-servers/templates/missing-local': messages,
  'understanding-node/libuv/copied-or-moved': messages,
  'understanding-node/repl/after-clear': messages,
  'understanding-node/repl/own-loop': messages,
  'understanding-node/repl/question-node': messages,
  'understanding-node/repl/script-not-module': messages,
  'understanding-node/v8/deep-tree': messages,
  'understanding-node/v8/disposed': 'WebKit does not have `using` yet.',
  'understanding-node/v8/one-long-string': 'WebKit allows strings twice as long as V8 does.',
  'understanding-node/v8/weak-keys': messages,
};
