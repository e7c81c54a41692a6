/** Which file of Node's library runs a command line: what `StartExecution` of node.cc decides. */
import type { CommandLine } from './command-line.ts';

/** The module of Node's library that runs a command line. */
export function entryPointOf({ values, argv }: CommandLine, isTerminal: boolean): string {
  const [script = ''] = argv;
  const isOn = (name: string): boolean => values[name] === true;
  if (isOn('[has_eval_string]') && !isOn('--interactive')) return 'internal/main/eval_string';
  if (isOn('--check')) return 'internal/main/check_syntax';
  if (isOn('--test')) return 'internal/main/test_runner';
  if (script !== '' && script !== '-') return 'internal/main/run_main_module';
  if (isOn('--interactive') || isTerminal) return 'internal/main/repl';
  return 'internal/main/eval_stdin';
}
