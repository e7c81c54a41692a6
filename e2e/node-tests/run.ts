/**
 * `npm run node-tests -- <folder>`: Node's own tests, first in the pinned Node, then in the engine in Chromium.
 *
 * The folder holds Node's `test/`. `--module fs` (may be repeated; all modules otherwise) and `--filter <regex>` choose
 * tests, `--verbose` prints what failing ones printed, `--force` also runs those that are left out, `--write` keeps the
 * results of the modules for the table that the site shows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../browser.ts';
import { refuse, requireEngine } from '../preconditions.ts';
import { areas, reasonToLeaveOut } from './areas.ts';
import { EngineUnderTest } from './engine.ts';
import { NativeNode, isSkipped } from './native.ts';
import { archiveSurroundings, findSuite, readSuite, suiteForm, type NodeTest } from './suite.ts';
import type { ModuleResult } from '../../src/pages/engine/_support.ts';
import { formatTable, tabulate, type TestResult } from './table.ts';

/** Milliseconds that a test may take in the engine. */
const limit = 30_000;
/** Tests that run at the same time. */
const lanes = 2;
/** Lines of a failing test's output that `--verbose` prints. */
const shownLines = 40;
const resultFile = new URL('../../src/engine/embedded/node-tests.json', import.meta.url);

const { values: options, positionals } = parseArgs({
  options: {
    module: { type: 'string', multiple: true },
    filter: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
    force: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) refuse("Name the folder that holds Node's test/: npm run node-tests -- <folder>");
requireEngine();

const root = findSuite(folder) ?? refuse(`There are no tests of Node in ${folder}. ${suiteForm}`);
const modules = options.module ?? Object.keys(areas);
const tests = await readSuite(root, modules, new RegExp(options.filter)).catch(refuse);
if (tests.length === 0)
  refuse(
    `No test of ${options.module?.join(', ') ?? 'any module'} has a name that matches /${options.filter}/.`,
  );
const native = new NativeNode(root);
const browser = await chromium.launch(launchOptions());
const surroundings = archiveSurroundings(root);
const results: TestResult[] = [];
const queue = tests[Symbol.iterator]();

/** Tests that run one after the other, on a machine of their own: a port that two of them use is taken for the second. */
async function work(): Promise<void> {
  const engine = new EngineUnderTest(browser, surroundings);
  for (const test of queue) {
    const { result, output } = await judge(test, engine);
    results.push(result);
    if (result.outcome !== 'failed') continue;
    console.log(`FAIL  ${test.path}  ${result.reason}`);
    if (options.verbose) console.log(indent(output));
  }
}

await Promise.all(Array.from({ length: lanes }, () => work()));
native.save();
await browser.close();
const table = tabulate(results);
console.log(formatTable(table));
if (options.write) {
  const known = [...(options.module ? keptResults() : []), ...table];
  const inOrder = Object.keys(areas).flatMap((name) => known.findLast(({ module }) => module === name) ?? []);
  writeFileSync(resultFile, `${JSON.stringify({ node: process.version, modules: inOrder }, undefined, 2)}\n`);
}

/** What the site shows so far. */
function keptResults(): readonly ModuleResult[] {
  // The page that shows it checks its shape.
  return (JSON.parse(readFileSync(resultFile, 'utf8')) as { modules: ModuleResult[] }).modules;
}

async function judge(
  test: NodeTest,
  engine: EngineUnderTest,
): Promise<{ readonly result: TestResult; readonly output: string }> {
  const { module, path } = test;
  const leave = (reason: string) => ({
    result: { module, path, outcome: 'left out', reason } as const,
    output: '',
  });
  const needed = options.force ? undefined : reasonToLeaveOut(test.source);
  if (needed) return leave(needed);
  const natively = await native.run(test);
  if (natively !== 'passed') return leave(natively);
  const { exitCode, output } = await engine.run(test, limit);
  if (exitCode === 0 && !isSkipped(output))
    return { result: { module, path, outcome: 'passed', reason: '' }, output };
  const reason =
    exitCode === 0 ? 'skips itself in the engine' : exitCode === 137 ? 'does not end' : reasonIn(output);
  return { result: { module, path, outcome: 'failed', reason }, output };
}

/** The line of the output that says most about a failure. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const line =
    lines.find((each) => /^(?:\w*Error\b|Uncaught|Mismatched|error:)/.test(each)) ?? lines.at(0) ?? '';
  return line.slice(0, 160);
}

function indent(text: string): string {
  return text
    .split('\n')
    .slice(0, shownLines)
    .map((line) => `      ${line}`)
    .join('\n');
}
