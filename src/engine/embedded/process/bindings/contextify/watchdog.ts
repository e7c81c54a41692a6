/** Time limits of scripts: nothing can interrupt a Worker from outside, so a limited script asks for the time itself. */
import { compareEdits, type Edit } from '../../esm/edits.ts';
import type { ProcessRealm } from '../../create-realm.ts';
import { nativeError } from '../native-error.ts';
import { childrenOf, isFunction, isNode, nodeIn, nodesIn, type Node } from '../../esm/syntax-tree.ts';

/** Thrown through a script whose time is over. */
class TimeIsOver {
  readonly limit: Limit;

  constructor(limit: Limit) {
    this.limit = limit;
  }
}

interface Limit {
  /** In milliseconds of the clock. */
  readonly end: number;
}

export class Watchdog {
  readonly #now: () => number;
  readonly #limits: Limit[] = [];
  readonly #late = new WeakSet<Error>();

  /** `now` tells milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether a limit applies to what runs now. */
  get isWatching(): boolean {
    return this.#limits.length > 0;
  }

  /** What a limited script calls in every turn: throws once a limit is over, the outermost first. */
  readonly tick = (): void => {
    if (this.#limits.length === 0) return;
    const now = this.#now();
    const limit = this.#limits.find(({ end }) => now >= end);
    // No Error: the script's own handlers have to let it pass, and `tick` in them throws it again.
    // eslint-disable-next-line typescript/only-throw-error -- see above
    if (limit) throw new TimeIsOver(limit);
  };

  /** Whether this is the end of a limited script, whose error has no place in the program. */
  isTimeOver(error: unknown): boolean {
    return error instanceof TimeIsOver || (error instanceof Error && this.#late.has(error));
  }

  /** Runs a script for at most `timeout` milliseconds; throws what `createError` makes when they are over. */
  limit<Result>(timeout: number, run: () => Result, createError: () => Error): Result {
    const limit = { end: this.#now() + timeout };
    this.#limits.push(limit);
    try {
      return run();
    } catch (error) {
      if (error instanceof TimeIsOver && error.limit === limit) {
        const late = createError();
        this.#late.add(late);
        throw late;
      }
      throw error;
    } finally {
      this.#limits.splice(this.#limits.indexOf(limit), 1);
    }
  }
}

const watchdogs = new WeakMap<ProcessRealm, Watchdog>();

/** The watchdog of a process. */
export function watchdogOf(realm: ProcessRealm): Watchdog {
  const known = watchdogs.get(realm) ?? new Watchdog(() => realm.host.performance.now());
  watchdogs.set(realm, known);
  return known;
}

/** The error of a script that has run for too long. */
export function timeoutError(realm: ProcessRealm, timeout: number): Error {
  const message = `Script execution timed out after ${timeout}ms`;
  return realm.stackTraces.withoutOwnFrames(() =>
    nativeError(Error, 'ERR_SCRIPT_EXECUTION_TIMEOUT', message),
  );
}

/** Edits that make a script call `tick`, an expression, in every loop, function and handler. */
export function watchdogEdits(tree: Node, tick: string): Edit[] {
  const edits: Edit[] = [];
  const insert = (at: number, text: string): void => void edits.push({ at, remove: 0, insert: text });
  const watch = (body: Node): void => {
    if (body.type === 'BlockStatement') {
      const directive = nodesIn(body['body']).findLast((node) => typeof node['directive'] === 'string');
      insert(directive?.end ?? body.start + 1, directive ? `;${tick}();` : `${tick}();`);
    } else {
      insert(body.start, `{${tick}();`);
      insert(body.end, '}');
    }
  };
  const visit = (node: Node): void => {
    const { body } = node;
    if (/^(?:For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type)) watch(nodeIn(body));
    else if (isFunction(node) && isNode(body) && body.type === 'BlockStatement') watch(body);
    else if (node.type === 'CatchClause') watch(nodeIn(body));
    else if (node.type === 'TryStatement' && isNode(node['finalizer'])) watch(node['finalizer']);
    childrenOf(node).forEach(visit);
  };
  visit(tree);
  return edits.toSorted(compareEdits);
}
