/** `package.json` files, as Node's loaders read them. */
import { fileSystemOf } from '../file-system.ts';
import { reader } from '../file-system/inode.ts';
import type { BindingFactory } from '../realm.ts';
import { nativeError } from './native-error.ts';

/** Status of the compile cache in Node's table. */
const cacheStatus = { failed: 0, enabled: 1, alreadyEnabled: 2 } as const;

/** What loaders read of a `package.json`: name, main, type, imports and exports, path. Objects and arrays are JSON. */
type PackageConfiguration = [
  name: string | undefined,
  main: string | undefined,
  type: string,
  imports: string | undefined,
  exports: string | undefined,
  path: string,
];

/** Makes the error of a file that is no valid configuration. */
type DescribeMistake = (path: string) => Error;

const packageFile = 'package.json';

/** What Node makes of the version and the flags of V8 in the pinned release. */
const cacheTag = '964aae3f';

/** `internalBinding('modules')`. */
export const modules: BindingFactory = (realm, shape) => {
  let cacheDirectory: string | undefined;
  // As in Node, a file that is there is read once.
  const known = new Map<string, PackageConfiguration>();

  const read = (path: string, mistake: DescribeMistake): PackageConfiguration | undefined => {
    const found = known.get(path);
    if (found) return found;
    if (!fileSystemOf(realm).exists(path)) return undefined;
    // The binding of files, which returns text here.
    const readFile = realm.internalBinding('fs')['readFileUtf8'] as (path: string, flags: number) => string;
    const configuration = parse(path, readFile(path, 0));
    if (!configuration) throw mistake(path);
    known.set(path, configuration);
    return configuration;
  };

  const nearest = (file: string, mistake: DescribeMistake): PackageConfiguration | undefined => {
    // Node does not look into the root.
    for (
      let folder = parentOf(file);
      folder !== '' && !folder.endsWith('/node_modules');
      folder = parentOf(folder)
    ) {
      const found = read(`${folder}/${packageFile}`, mistake);
      if (found) return found;
    }
    return undefined;
  };

  /** The configuration, or the path at which the search ended. */
  const scopeOf = (url: string, mistake: DescribeMistake): PackageConfiguration | string => {
    for (
      let folder = parentOf(decodeURIComponent(new realm.host.URL(url).pathname));
      ;
      folder = parentOf(folder)
    ) {
      const path = `${folder}/${packageFile}`;
      if (folder.endsWith('/node_modules')) return path;
      const found = read(path, mistake);
      if (found) return found;
      if (folder === '') return path;
    }
  };

  const invalid = (caller: (...args: never[]) => unknown, importedFrom = ''): DescribeMistake => {
    return (path) =>
      nativeError(
        Error,
        'ERR_INVALID_PACKAGE_CONFIG',
        `Invalid package config ${path}${importedFrom}.`,
        caller,
      );
  };

  function readPackageJSON(
    path: string,
    isImported?: boolean,
    base?: string,
    specifier?: string,
  ): PackageConfiguration | undefined {
    const from = base === undefined ? '' : decodeURIComponent(new realm.host.URL(base).pathname);
    const importedFrom = isImported && from !== '' ? ` while importing "${specifier}" from ${from}` : '';
    return read(path, invalid(readPackageJSON, importedFrom));
  }

  function getNearestParentPackageJSON(file: string): PackageConfiguration | undefined {
    return nearest(file, invalid(getNearestParentPackageJSON));
  }

  function getNearestParentPackageJSONType(file: string): string | undefined {
    return nearest(file, invalid(getNearestParentPackageJSONType))?.[2];
  }

  function getPackageScopeConfig(url: string): PackageConfiguration | string {
    return scopeOf(url, invalid(getPackageScopeConfig));
  }

  function getPackageType(url: string): string | undefined {
    const scope = scopeOf(url, invalid(getPackageType));
    return typeof scope === 'string' ? undefined : scope[2];
  }

  return {
    ...shape,
    readPackageJSON,
    getNearestParentPackageJSON,
    getNearestParentPackageJSONType,
    getPackageScopeConfig,
    getPackageType,
    getPackageJSONScripts: () => '{}',
    /** Makes the directory; nothing is kept there, because it would not outlive the page. */
    enableCompileCache(path: string): readonly [status: number, message?: string, directory?: string] {
      if (cacheDirectory !== undefined) return [cacheStatus.alreadyEnabled, '', cacheDirectory];
      const { version, arch } = realm.process;
      const directory = `${path}/${String(version)}-${String(arch)}-${cacheTag}-${reader.uid}`;
      try {
        fileSystemOf(realm).mkdirAll(directory, 0o777);
      } catch (error) {
        const reason = error instanceof Error ? error.message : '';
        return [cacheStatus.failed, `Cannot create cache directory: ${reason}`];
      }
      cacheDirectory = directory;
      return [cacheStatus.enabled, '', path];
    },
    getCompileCacheDir: () => cacheDirectory,
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

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Undefined where Node refuses the file. */
function parse(path: string, text: string): PackageConfiguration | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  const [name, main, type] = ['name', 'main', 'type'].map((key) => fields.get(key));
  const isText = (field: unknown): boolean => field === undefined || typeof field === 'string';
  if (!isText(name) || !isText(type)) return undefined;
  return [
    textOf(name),
    textOf(main),
    type === 'module' || type === 'commonjs' ? type : 'none',
    targetOf(fields.get('imports')),
    targetOf(fields.get('exports')),
    path,
  ];
}

function textOf(field: unknown): string | undefined {
  return typeof field === 'string' ? field : undefined;
}

/** A string as it is, an object or array as JSON; Node's library tells them apart by their first character. */
function targetOf(field: unknown): string | undefined {
  return typeof field === 'object' && field !== null ? JSON.stringify(field) : textOf(field);
}
