/** The results of Node's own tests by module: what the command prints and what the site shows. */
import type { ModuleResult } from '../../src/pages/engine/_support.ts';

/** How one test ended. */
export interface TestResult {
  readonly module: string;
  readonly path: string;
  readonly outcome: 'passed' | 'failed' | 'left out';
  /** Why it failed or was left out. */
  readonly reason: string;
}

/** Sums results up by module. */
export function tabulate(results: readonly TestResult[]): ModuleResult[] {
  return [...Map.groupBy(results, ({ module }) => module)].map(([module, all]) => ({
    module,
    passed: all.filter(({ outcome }) => outcome === 'passed').length,
    failed: all
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ path, reason }) => ({ test: path.replace(/^test\/(?:parallel\/)?/, ''), reason }))
      .toSorted((one, other) => one.test.localeCompare(other.test)),
    leftOut: Object.fromEntries(
      [
        ...Map.groupBy(
          all.filter(({ outcome }) => outcome === 'left out'),
          ({ reason }) => reason,
        ),
      ].map(([reason, tests]) => [reason, tests.length]),
    ),
  }));
}

/** The table as text, with totals. */
export function formatTable(modules: readonly ModuleResult[]): string {
  const rows = modules.map((each) => row(each.module, each.passed, each.failed.length, each.leftOut));
  const sum = (count: (each: ModuleResult) => number): number =>
    modules.reduce((all, each) => all + count(each), 0);
  const reasons = [...new Set(modules.flatMap(({ leftOut }) => Object.keys(leftOut)))];
  const leftOut = Object.fromEntries(
    reasons.map((reason) => [reason, sum((each) => each.leftOut[reason] ?? 0)] as const),
  );
  const passed = sum((each) => each.passed);
  const failed = sum((each) => each.failed.length);
  return [
    'module               passed failed  share  left out',
    ...rows,
    row('all', passed, failed, leftOut),
  ].join('\n');
}

function row(
  module: string,
  passed: number,
  failed: number,
  leftOut: Readonly<Record<string, number>>,
): string {
  const asked = passed + failed;
  const share = asked === 0 ? '' : `${((100 * passed) / asked).toFixed(1)} %`;
  const reasons = Object.entries(leftOut).map(([reason, count]) => `${count} ${reason}`);
  const cells = [
    module.padEnd(20),
    String(passed).padStart(7),
    String(failed).padStart(6),
    share.padStart(8),
  ];
  return `${cells.join('')}  ${reasons.join(', ')}`;
}
