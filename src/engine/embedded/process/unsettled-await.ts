/** A program that ends while its entry module still awaits at its top level: Node warns and says so by its exit code. */
import { moduleRecordOf } from './bindings/module_wrap.ts';
import { positionAt } from './source-registry.ts';
import type { ModuleRecord } from './esm/module-record.ts';
import type { ProcessRealm } from './create-realm.ts';

/** Exit code of such a program. */
export const unsettledTopLevelAwait = 13;

/** Whether the entry module has not come to its end. */
export async function isEntryUnsettled(realm: ProcessRealm): Promise<boolean> {
  const entry = realm.privateSymbol('entry_point_promise_private_symbol').of(globalThis).value;
  if (!(entry instanceof Promise)) return false;
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  entry.then(settle, settle);
  // A settled promise calls back before the next task.
  await realm.loop.runMicrotasks();
  return !isSettled;
}

/** Node's warning, which points at what the modules await. */
export function describeUnsettled(realm: ProcessRealm): string {
  const wrap = realm.privateSymbol('entry_point_module_private_symbol').of(globalThis).value;
  const entry = typeof wrap === 'object' && wrap !== null ? moduleRecordOf(wrap) : undefined;
  return entry
    ? stalledIn(entry, new Set())
        .map((record) => describe(realm, record))
        .join('')
    : '';
}

/** Modules that wait for something of their own. */
function stalledIn(record: ModuleRecord, seen: Set<ModuleRecord>): ModuleRecord[] {
  if (seen.has(record) || record.stage !== 'evaluating-async') return [];
  seen.add(record);
  const below = record.linked.flatMap((module) => stalledIn(module, seen));
  return below.length === 0 && record.body.hasTopLevelAwait ? [record] : below;
}

function describe(realm: ProcessRealm, { body, url }: ModuleRecord): string {
  const text = realm.sources.text(url) ?? '';
  const offset = body.awaitedAt ?? 0;
  const { line, column } = positionAt(url, text, offset);
  const source = text.split('\n')[line - 1] ?? '';
  const caret = `${' '.repeat(column - 1)}^`;
  return `Warning: Detected unsettled top-level await at ${url}:${line}\n${source}\n${caret}\n\n\n\n`;
}
