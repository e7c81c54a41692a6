/** `package.json` files, as Node's loaders read them. */
import { fileSystemOf } from '../file-system.ts';
import type { BindingFactory } from '../realm.ts';

/** Status of the compile cache in Node's table: disabled. */
const disabledByOption = 3;

/** Name, main, type, imports and exports as JSON, path of the file. */
type PackageConfiguration = [
  name: string | undefined,
  main: string | undefined,
  type: string,
  imports: string | undefined,
  exports: string | undefined,
  path: string,
];

/** `internalBinding('modules')`. */
export const modules: BindingFactory = (realm, shape) => {
  const read = (path: string): PackageConfiguration | undefined => {
    const files = fileSystemOf(realm);
    if (!files.exists(path)) return undefined;
    // The binding of files, which returns text here.
    const readFile = realm.internalBinding('fs')['readFileUtf8'] as (path: string, flags: number) => string;
    return parse(path, readFile(path, 0), realm.requireBuiltin);
  };

  const nearest = (file: string): PackageConfiguration | undefined => {
    for (let folder = file; folder !== '';) {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      if (folder.endsWith('/node_modules')) continue;
      const found = read(`${folder}/package.json`);
      if (found) return found;
    }
    return undefined;
  };

  const scopeOf = (url: string): PackageConfiguration | undefined => {
    for (let folder = decodeURIComponent(new realm.host.URL(url).pathname); folder !== '';) {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      if (folder.endsWith('/node_modules')) return undefined;
      const found = read(`${folder}/package.json`);
      if (found) return found;
    }
    return undefined;
  };

  return {
    ...shape,
    readPackageJSON: read,
    getNearestParentPackageJSON: nearest,
    getNearestParentPackageJSONType: (file: string) => nearest(file)?.[2] ?? 'none',
    getPackageScopeConfig: (url: string) => scopeOf(url) ?? '/package.json',
    getPackageType: (url: string) => {
      const type = scopeOf(url)?.[2];
      return type === 'none' ? undefined : type;
    },
    getPackageJSONScripts: () => '{}',
    // A cache of compiled code on disk would not outlive the page.
    enableCompileCache: () => [disabledByOption],
    getCompileCacheDir: () => undefined,
    flushCompileCache() {},
    getCompileCacheEntry: () => undefined,
    saveCompileCacheEntry() {},
    /** Gives `import.meta` the path of its file. */
    setLazyPathHelpers(meta: object, url: string) {
      const filename = decodeURIComponent(new realm.host.URL(url).pathname);
      const dirname = filename.slice(0, filename.lastIndexOf('/')) || '/';
      Object.assign(meta, { dirname, filename });
    },
  };
};

function parse(
  path: string,
  text: string,
  requireBuiltin: (id: string) => Record<string, unknown>,
): PackageConfiguration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The class that Node's library makes for this code.
    const codes = requireBuiltin('internal/errors')['codes'] as Record<
      string,
      new (...parts: unknown[]) => Error
    >;
    const Invalid = codes['ERR_INVALID_PACKAGE_CONFIG'];
    throw Invalid ? new Invalid(path, undefined, error instanceof Error ? error.message : '') : error;
  }
  const fields = typeof value === 'object' && value !== null ? { ...value } : {};
  const member = (name: string): unknown => Reflect.get(fields, name);
  const string = (name: string): string | undefined => {
    const found = member(name);
    return typeof found === 'string' ? found : undefined;
  };
  const json = (name: string): string | undefined => {
    const found = member(name);
    return found === undefined || found === null ? undefined : JSON.stringify(found);
  };
  const type = string('type');
  return [
    string('name'),
    string('main'),
    type === 'module' || type === 'commonjs' ? type : 'none',
    json('imports'),
    json('exports'),
    path,
  ];
}
