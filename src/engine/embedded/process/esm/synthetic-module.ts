/** The body of a module whose exports JavaScript sets: Node's own modules, CommonJS, JSON. */
import type { ModuleBody } from './module-record.ts';

export class SyntheticModule implements ModuleBody {
  readonly requests = [];
  readonly imports = [];
  readonly indirectExports = [];
  readonly starExports = [];
  readonly hasTopLevelAwait = false;
  readonly topLevelAwaits = [];
  readonly localExports: readonly string[];
  readonly #values = new Map<string, unknown>();
  readonly #evaluate: () => void;

  /** `evaluate` sets the exports. */
  constructor(exportNames: readonly string[], evaluate: () => void) {
    this.localExports = [...new Set(exportNames)];
    this.#evaluate = evaluate;
  }

  isConstant(): boolean {
    return true;
  }

  instantiate(): void {}

  run(): void {
    this.#evaluate();
  }

  read(name: string): unknown {
    return this.#values.get(name);
  }

  /** Sets an export; throws a ReferenceError for a name that was not announced. */
  set(name: string, value: unknown): void {
    if (!this.localExports.includes(name))
      throw new ReferenceError(`Export '${name}' is not defined in module`);
    this.#values.set(name, value);
  }
}
