/** What `eval` gets in place of its code, where the text of the program shows that it is called. */
import type { ProcessRealm } from '../create-realm.ts';
import { withIntactIntrinsics } from '../intact-intrinsics.ts';
import { applyEdits } from './edits.ts';
import { evaluatedEdits } from './import-redirection.ts';
import { parserOf } from './syntax-error.ts';

/** Prepares what `eval` gets. */
export type Redirect = (code: unknown, name: string, callee: unknown, offset: number) => unknown;

/**
 * The function that gives `eval` its code: its `import()` calls `name`, unless that is empty, and frames of it tell where it was
 * evaluated. Anything but code stays as it is, and so does what another function of that name gets.
 */
export function redirectFor(realm: ProcessRealm): Redirect {
  return (code, name, callee, offset) => {
    if (typeof code !== 'string' || callee !== realm.nativeEval) return code;
    return withIntactIntrinsics(() => {
      const edits = name === '' ? [] : evaluatedEdits(parserOf(realm), code, name);
      const origin = realm.stackTraces.originHere(offset);
      return applyEdits(code, edits) + realm.sources.addEvaluated(origin, { text: code, edits });
    });
  };
}
