/** Node's library: parses the texts that the build wrote and evaluates modules when they are asked for. */
import type { NodeFacts } from './node-facts.ts';

/** Gets the text of a part, now; `length` is how many characters it has. */
export type LoadPart = (name: string, length: number) => string;

const parametersOf: Readonly<Record<string, string>> = {
  'internal/bootstrap/realm': 'process, getLinkedBinding, getInternalBinding, primordials',
};

export class Library {
  readonly facts: NodeFacts;
  readonly #text: string;
  readonly #start: number;
  readonly #evaluate: (code: string) => unknown;
  readonly #loadPart: LoadPart;
  readonly #parts = new Map<string, string>();
  readonly #ownModules = new Map<string, Record<string, unknown>>();

  /** `evaluate` is the indirect `eval` of a process; `loadPart` gets what nobody added. */
  constructor(text: string, evaluate: (code: string) => unknown, loadPart: LoadPart) {
    this.#start = text.indexOf('\n') + 1;
    // True: the build writes this line from the same type.
    this.facts = JSON.parse(text.slice(0, this.#start)) as NodeFacts;
    this.#text = text;
    this.#evaluate = evaluate;
    this.#loadPart = loadPart;
  }

  /** Takes in a part of the library before a program reaches it. */
  addPart(name: string, text: string): void {
    this.#parts.set(name, text);
  }

  /** Source text of `node:<id>`, undefined where the engine does not carry it. */
  source(id: string): string | undefined {
    const range = this.facts.modules[id];
    if (range) return this.#text.slice(this.#start + range[0], this.#start + range[1]);
    for (const [name, { modules }] of Object.entries(this.facts.parts)) {
      const place = modules[id];
      if (place) return this.#part(name).slice(...place);
    }
    return undefined;
  }

  #part(name: string): string {
    const text = this.#parts.get(name) ?? this.#loadPart(name, this.facts.parts[name]?.length ?? 0);
    this.#parts.set(name, text);
    return text;
  }

  /** The function around a module. Its first line is longer than the file's by `wrapperLength`. */
  compile(id: string): (...parameters: readonly unknown[]) => unknown {
    const source = this.source(id);
    if (source === undefined) throw new Error(`Node's module "${id}" is not part of this engine.`);
    const code = `${openWrapper(id)}${source}\n})\n//# sourceURL=node:${id}`;
    // True: the code is one function expression.
    return this.#evaluate(code) as (...parameters: readonly unknown[]) => unknown;
  }

  /** The exports of one of the engine's own modules that are loaded when they are needed: see `build/own-modules.ts`. */
  ownModule(name: string): Record<string, unknown> {
    const known = this.#ownModules.get(name);
    if (known) return known;
    const source = this.source(`loopbook/${name}`);
    if (source === undefined) throw new Error(`The engine has no module "${name}".`);
    // The name of its script is what hides the engine's own frames in stack traces.
    const code = `(function (module) {${source}\n})\n//# sourceURL=blob:${name}`;
    const module = { exports: {} };
    // True: the code is one function expression.
    (this.#evaluate(code) as (target: typeof module) => void)(module);
    this.#ownModules.set(name, module.exports);
    return module.exports;
  }
}

function openWrapper(id: string): string {
  return `(function (${parametersOf[id] ?? defaultParameters(id)}) {`;
}

function defaultParameters(id: string): string {
  if (id.startsWith('internal/per_context/'))
    return 'exports, primordials, privateSymbols, perIsolateSymbols';
  if (id.startsWith('internal/bootstrap/') || id.startsWith('internal/main/')) {
    return 'process, require, internalBinding, primordials';
  }
  return 'exports, require, module, process, internalBinding, primordials';
}
