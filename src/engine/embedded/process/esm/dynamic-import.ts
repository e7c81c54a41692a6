/** `import()` from modules and scripts, answered by Node's own loader. */
import type { ProcessRealm } from '../create-realm.ts';

/** Node's callback. `phase` 2 asks for the evaluated module. */
export type ImportCallback = (
  referrer: symbol,
  specifier: string,
  phase: number,
  attributes: Record<string, unknown>,
  referrerName: string,
) => Promise<unknown>;

const evaluationPhase = 2;

interface DynamicImports {
  setCallback(callback: ImportCallback): void;
  readonly callback: ImportCallback | undefined;
}

const byRealm = new WeakMap<ProcessRealm, DynamicImports>();

/** The place where a process keeps Node's callback. */
export function dynamicImportsOf(realm: ProcessRealm): DynamicImports {
  let imports = byRealm.get(realm);
  if (!imports) {
    let callback: ImportCallback | undefined;
    imports = {
      setCallback(value) {
        callback = value;
      },
      get callback() {
        return callback;
      },
    };
    byRealm.set(realm, imports);
  }
  return imports;
}

/** Imports a module for a referrer; rejects where the expression is wrong, as the language does. */
export async function importDynamically(
  realm: ProcessRealm,
  referrer: symbol,
  specifier: unknown,
  options: unknown,
  referrerName: string,
): Promise<unknown> {
  // As the language converts it: a symbol is a TypeError, which String() would not throw.
  if (typeof specifier === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  const name = String(specifier);
  const { callback } = dynamicImportsOf(realm);
  if (!callback) return realm.notSupported('import()');
  return callback(referrer, name, evaluationPhase, attributesIn(options), referrerName);
}

function attributesIn(options: unknown): Record<string, unknown> {
  if (options === undefined) return { __proto__: null };
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('The second argument of import() must be an object');
  }
  const attributes: unknown = Reflect.get(options, 'with');
  if (attributes === undefined) return { __proto__: null };
  if (typeof attributes !== 'object' || attributes === null) {
    throw new TypeError("The 'with' option of import() must be an object");
  }
  return { __proto__: null, ...attributes };
}
