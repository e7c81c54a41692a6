/** The body of a module whose exports JavaScript sets: Node's own modules, CommonJS, JSON. */
import type { Getter, ModuleBody } from './module-record.ts';

export class SyntheticModule implements ModuleBody {
  readonly requests = [];
  readonly imports = [];
  readonly indirectExports = [];
  readonly starExports = [];
  readonly hasTopLevelAwait = false;
  readonly awaitedAt = undefined;
  readonly localExports: readonly string[];
  readonly #getters = new Map<string, Getter>();
  readonly #evaluate: () => void;
  readonly #isLive: boolean;

  /** `evaluate` sets the exports; those of a live module may change later. */
  constructor(exportNames: readonly string[], evaluate: () => void, isLive = false) {
    this.localExports = [...new Set(exportNames)];
    this.#evaluate = evaluate;
    this.#isLive = isLive;
  }

  isConstant(): boolean {
    return !this.#isLive;
  }

  instantiate(): void {}

  run(): void {
    this.#evaluate();
  }

  read(name: string): unknown {
    return this.#getters.get(name)?.();
  }

  /** Sets an export; throws a ReferenceError for a name that was not announced. */
  set(name: string, value: unknown): void {
    this.setGetter(name, () => value);
  }

  /** Sets an export that is computed whenever a program reads it. Throws as `set` does. */
  setGetter(name: string, getter: Getter): void {
    if (!this.localExports.includes(name))
      throw new ReferenceError(`Export '${name}' is not defined in module`);
    this.#getters.set(name, getter);
  }
}
