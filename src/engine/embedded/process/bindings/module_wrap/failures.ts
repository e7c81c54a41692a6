/** Why a module cannot be linked, compiled or required. */
import type { MissingExport, ModuleRecord } from '../../esm/module-record.ts';
import { point } from '../../esm/syntax-error.ts';
import { nativeError } from '../native-error.ts';
import type { ProcessRealm } from '../../create-realm.ts';

/** Where the text of a module is from. */
export interface ModuleSource {
  readonly url: string;
  readonly text: string;
}

/** A name that another module does not export, with its place in `source`, where there is one. */
export function missingExportError(
  realm: ProcessRealm,
  record: ModuleRecord,
  source: ModuleSource | undefined,
  { request, name, at }: Parameters<MissingExport>[1],
  isAmbiguous: boolean,
): Error {
  const specifier = record.body.requests[request]?.specifier ?? '';
  const lack = isAmbiguous
    ? 'contains conflicting star exports for name'
    : 'does not provide an export named';
  const error = new SyntaxError(`The requested module '${specifier}' ${lack} '${name}'`);
  return source ? point(realm, error, source.url, source.text, at) : error;
}

/** A module of `vm` that does not know its modules yet. */
export function linkFailure(realm: ProcessRealm, message: string): Error {
  return realm.stackTraces.withoutOwnFrames(() => nativeError(Error, 'ERR_VM_MODULE_LINK_FAILURE', message));
}

/** Cached data that is of another text. */
export function cachedDataRejected(realm: ProcessRealm): Error {
  return realm.stackTraces.withoutOwnFrames(() =>
    nativeError(Error, 'ERR_VM_MODULE_CACHED_DATA_REJECTED', 'cachedData buffer was rejected'),
  );
}

/** A module that `require` cannot give, since it or one below it awaits. */
export function asyncGraphError(realm: ProcessRealm, url: string): unknown {
  // The class that Node's library makes for this code.
  const codes = realm.requireBuiltin('internal/errors')['codes'] as Record<
    string,
    new (url: string) => Error
  >;
  const AsyncModule = codes['ERR_REQUIRE_ASYNC_MODULE'];
  return AsyncModule ? new AsyncModule(url) : new Error(`${url} awaits at its top level.`);
}
