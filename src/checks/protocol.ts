/**
 * What the checks of an exercise say while they run: lines within the output of the program, each a record separator, a JSON
 * object and a line end. Everything else is what the program itself printed. Both ends are strangers to the reader of it: an
 * answer may print such lines as well, of any form and length.
 */

/** Begins a line of the protocol, wherever the program left the cursor (RFC 7464). */
export const recordSeparator = '\u001E';

/** Why a check failed: its own words, an error that it did not expect, time that ran out, or a run that ended before it. */
export type FailureReason = 'assertion' | 'error' | 'timeout' | 'cancelled';

/** One check. `actual` and `expected` are values as Node prints them, where the check compared two. */
export type CheckResult =
  | { readonly name: string; readonly passed: true }
  | {
      readonly name: string;
      readonly passed: false;
      readonly reason: FailureReason;
      readonly message: string;
      readonly actual?: string;
      readonly expected?: string;
    };

/** A line of the protocol: a check begins, has a result, or the end, which says that none is missing. */
export type CheckRecord =
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'check'; readonly check: CheckResult }
  | { readonly kind: 'end'; readonly count: number };

/** How an answer did. `unfinished`: it stopped before the last check; `broken`: before the first. */
export type Verdict = 'passed' | 'failed' | 'unfinished' | 'broken';

/** Most characters of a line, of a name, and of a message or value; most checks of a run. */
export const limits = { line: 16_384, name: 200, text: 2_000, checks: 100 } as const;

/** Reads a line of the protocol without its separator and line end; undefined when it is none. */
export function parseRecord(line: string): CheckRecord | undefined {
  if (line.length > limits.line) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const field = (key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? Reflect.get(value, key)
      : undefined;
  const text = (key: string, most: number): string | undefined => {
    const found = field(key);
    return typeof found === 'string' ? found.slice(0, most) : undefined;
  };

  const count = field('count');
  if (field('kind') === 'end') {
    return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= limits.checks
      ? { kind: 'end', count }
      : undefined;
  }
  const name = text('name', limits.name);
  if (name === undefined) return undefined;
  if (field('kind') === 'begin') return { kind: 'begin', name };
  if (field('kind') !== 'check') return undefined;
  if (field('passed') === true) return { kind: 'check', check: { name, passed: true } };
  const reason = field('reason');
  const message = text('message', limits.text);
  if (field('passed') !== false || !isReason(reason) || message === undefined) return undefined;
  const [actual, expected] = [text('actual', limits.text), text('expected', limits.text)];
  const values = actual === undefined || expected === undefined ? {} : { actual, expected };
  return { kind: 'check', check: { name, passed: false, reason, message, ...values } };
}

/** Takes the output of a run as it comes, and tells the results of checks from what the program printed. */
export class CheckReader {
  readonly #results: CheckResult[] = [];
  /** From a separator on, while the line is not complete. */
  #pending = '';
  #isComplete = false;
  #running: string | undefined;

  /** Results so far, in the order of the checks. */
  get results(): readonly CheckResult[] {
    return this.#results;
  }

  /** Name of the check that began and has no result. */
  get running(): string | undefined {
    return this.#running;
  }

  /** Reads a piece of stdout; returns what of it the program itself printed. */
  push(piece: string): string {
    let rest = this.#pending + piece;
    let printed = '';
    this.#pending = '';
    for (;;) {
      const start = rest.indexOf(recordSeparator);
      if (start === -1) return printed + rest;
      printed += rest.slice(0, start);
      const end = rest.indexOf('\n', start);
      if (end === -1 && rest.length - start <= limits.line) {
        this.#pending = rest.slice(start);
        return printed;
      }
      const next = end === -1 ? rest.length : end + 1;
      const line = rest.slice(start + 1, end === -1 ? next : end);
      if (!this.#take(parseRecord(line))) printed += rest.slice(start, next);
      rest = rest.slice(next);
    }
  }

  /** What is left when the output has ended, and how the answer did. */
  end(): { readonly printed: string; readonly verdict: Verdict } {
    const printed = this.#pending;
    this.#pending = '';
    return { printed, verdict: this.#verdict() };
  }

  /** Whether the record was one: nothing follows an end, and there are at most a hundred checks. */
  #take(record: CheckRecord | undefined): boolean {
    if (record === undefined || this.#isComplete) return false;
    if (record.kind === 'begin') {
      this.#running = record.name;
      return true;
    }
    if (record.kind === 'end') {
      this.#isComplete = record.count === this.#results.length;
      return this.#isComplete;
    }
    if (this.#results.length >= limits.checks) return false;
    this.#results.push(record.check);
    if (this.#running === record.check.name) this.#running = undefined;
    return true;
  }

  #verdict(): Verdict {
    if (this.#results.length === 0) return 'broken';
    if (!this.#isComplete) return 'unfinished';
    return this.#results.every((result) => result.passed) ? 'passed' : 'failed';
  }
}

function isReason(value: unknown): value is FailureReason {
  return value === 'assertion' || value === 'error' || value === 'timeout' || value === 'cancelled';
}
