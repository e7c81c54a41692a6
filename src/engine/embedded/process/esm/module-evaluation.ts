/** Evaluation of a graph of modules, in the order that the language's specification lays down. */

/** What evaluation needs of a module's body. */
export interface Executable {
  readonly hasTopLevelAwait: boolean;
  /** Runs the module; a promise only where it awaits at its top level. */
  run(): Promise<unknown> | void;
}

/** How far evaluation has come. */
type Stage = 'linked' | 'evaluating' | 'evaluating-async' | 'evaluated';

const finished = Infinity;
let asyncModules = 0;

/** A module with its place in a graph. Fields bear the names of the specification's cyclic module records. */
export abstract class EvaluatedModule {
  abstract readonly body: Executable;
  abstract readonly linked: readonly EvaluatedModule[];
  #stage: Stage = 'linked';
  #failure: { readonly error: unknown } | undefined;
  #dfsIndex = 0;
  #dfsAncestorIndex = 0;
  #cycleRoot: EvaluatedModule | undefined;
  /** Place among the modules that do not end at once; `finished` when it has ended after all. */
  #asyncOrder: number | undefined;
  #capability: PromiseWithResolvers<undefined> | undefined;
  readonly #asyncParents: EvaluatedModule[] = [];
  #pendingDependencies = 0;
  #nextDependency = 0;

  get stage(): Stage {
    return this.#stage;
  }

  /** What the module, or one that it needs, has thrown. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Runs the graph, each module once, dependencies first. */
  evaluate(): Promise<undefined> {
    const root = this.#stage === 'linked' ? this : (this.#cycleRoot ?? this);
    if (root.#capability) return root.#capability.promise;
    const capability = Promise.withResolvers<undefined>();
    root.#capability = capability;
    const stack: EvaluatedModule[] = [];
    try {
      if (root.#failure) throw root.#failure.error;
      root.#evaluateGraph(stack);
      if (root.#asyncOrder === undefined) capability.resolve(undefined);
    } catch (error) {
      stack.forEach((module) => module.#fail(error));
      capability.reject(error);
    }
    return capability.promise;
  }

  /** A loop: each call between a module and its importer would take a place in the stack traces of the module. */
  #evaluateGraph(stack: EvaluatedModule[]): void {
    const path: EvaluatedModule[] = [];
    let index = 0;
    const enter = (module: EvaluatedModule): void => {
      module.#stage = 'evaluating';
      module.#dfsIndex = module.#dfsAncestorIndex = index++;
      stack.push(module);
      path.push(module);
    };
    if (this.#stage === 'linked') enter(this);
    for (let module = path.at(-1); module; module = path.at(-1)) {
      const dependency = module.linked[module.#nextDependency];
      if (dependency?.stage === 'linked') enter(dependency);
      else if (dependency) {
        module.#awaitDependency(dependency);
        module.#nextDependency++;
      } else {
        if (module.#pendingDependencies > 0 || module.body.hasTopLevelAwait) module.#beginAsync();
        else void module.body.run();
        module.#leave(stack);
        path.pop();
      }
    }
  }

  #beginAsync(): void {
    this.#asyncOrder = asyncModules++;
    if (this.#pendingDependencies === 0) this.#executeAsync();
  }

  /** Takes the modules of a cycle, or this one alone, off the stack when all of them were visited. */
  #leave(stack: EvaluatedModule[]): void {
    if (this.#dfsAncestorIndex !== this.#dfsIndex) return;
    stack.splice(stack.indexOf(this)).forEach((module) => {
      module.#stage = module.#asyncOrder === undefined ? 'evaluated' : 'evaluating-async';
      module.#cycleRoot = this;
    });
  }

  #awaitDependency(dependency: EvaluatedModule): void {
    let awaited = dependency;
    if (dependency.#stage === 'evaluating')
      this.#dfsAncestorIndex = Math.min(this.#dfsAncestorIndex, dependency.#dfsAncestorIndex);
    else {
      awaited = dependency.#cycleRoot ?? dependency;
      if (awaited.#failure) throw awaited.#failure.error;
    }
    if (awaited.#asyncOrder === undefined || awaited.#asyncOrder === finished) return;
    this.#pendingDependencies++;
    awaited.#asyncParents.push(this);
  }

  #executeAsync(): void {
    // True: a body with top-level await runs as an async function.
    const run = this.body.run() as Promise<unknown>;
    run.then(
      () => this.#executed(),
      (error: unknown) => this.#reject(error),
    );
  }

  /** An asynchronous module has ended: those that waited for it alone run, in their order. */
  #executed(): void {
    if (this.#stage === 'evaluated') return;
    this.#finish();
    const ready: EvaluatedModule[] = [];
    this.#gatherReadyParents(ready);
    for (const module of ready.toSorted((one, other) => (one.#asyncOrder ?? 0) - (other.#asyncOrder ?? 0))) {
      if (module.#stage === 'evaluated') continue;
      if (module.body.hasTopLevelAwait) module.#executeAsync();
      else module.#executeSync();
    }
  }

  #executeSync(): void {
    try {
      void this.body.run();
    } catch (error) {
      this.#reject(error);
      return;
    }
    this.#finish();
  }

  #finish(): void {
    this.#asyncOrder = finished;
    this.#stage = 'evaluated';
    this.#capability?.resolve(undefined);
  }

  #gatherReadyParents(ready: EvaluatedModule[]): void {
    for (const parent of this.#asyncParents) {
      if (ready.includes(parent) || parent.#cycleRoot?.failure) continue;
      parent.#pendingDependencies--;
      if (parent.#pendingDependencies > 0) continue;
      ready.push(parent);
      if (!parent.body.hasTopLevelAwait) parent.#gatherReadyParents(ready);
    }
  }

  #reject(error: unknown): void {
    if (this.#stage === 'evaluated') return;
    this.#fail(error);
    for (const parent of this.#asyncParents) parent.#reject(error);
    this.#capability?.reject(error);
  }

  #fail(error: unknown): void {
    this.#stage = 'evaluated';
    this.#failure = { error };
    this.#asyncOrder = finished;
  }
}
