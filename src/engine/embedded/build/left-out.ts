/** Modules of Node's library that the engine does not carry, with the reason. */

export interface LeftOut {
  readonly pattern: RegExp;
  readonly reason: string;
}

export const leftOut: readonly LeftOut[] = [
  { pattern: /^internal\/deps\/v8\//, reason: "V8's profile viewer, a command-line tool" },
  {
    pattern: /^internal\/main\/(?!(?:run_main_module|eval_string|eval_stdin|check_syntax|test_runner|repl)$)/,
    reason: 'entry points of other command lines',
  },
  { pattern: /^internal\/debugger\//, reason: 'the debugger client needs an inspector' },
  { pattern: /^internal\/v8_prof_/, reason: 'profiling of a native process' },
  { pattern: /^(internal\/quic\/|quic$)/, reason: 'not built into the pinned Node' },
];

/** True when the engine carries the module. */
export function isCarried(id: string): boolean {
  return !leftOut.some(({ pattern }) => pattern.test(id));
}
