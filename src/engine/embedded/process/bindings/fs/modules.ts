/** What the module loaders ask of the file system. */
import { FileSystemError } from '../../file-system/error.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { Directory, RegularFile } from '../../file-system/inode.ts';
import type { Binding, Realm } from '../../realm.ts';
import { nativeError } from '../native-error.ts';

// In the order of the numbers that the library knows them by.
const mainExtensions = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];
const indexFiles = ['index.js', 'index.json', 'index.node'];

const wasmMagic = [0x00, 0x61, 0x73, 0x6d];

/** Functions of the `fs` binding for module loaders. */
export function moduleFunctions(realm: Realm, files: FileSystem): Binding {
  const isFile = (path: string): boolean => internalModuleStat(path) === 0;

  /** 0 is a file, 1 a directory, a negative number the error. */
  function internalModuleStat(path: string): number {
    try {
      return files.inode(path) instanceof Directory ? 1 : 0;
    } catch (error) {
      return error instanceof FileSystemError ? realm.uv.errno(error.code) : -1;
    }
  }

  /** Which of the files that a package without `exports` may mean exists. */
  function legacyMainResolve(packagePath: string, main: unknown, base: unknown): number {
    const directory = packagePath.replace(/\/*$/, '/');
    if (typeof main === 'string') {
      const found = mainExtensions.findIndex((extension) => isFile(directory + main + extension));
      if (found >= 0) return found;
    }
    const index = indexFiles.findIndex((name) => isFile(directory + name));
    if (index >= 0) return mainExtensions.length + index;
    if (typeof base !== 'string') {
      const message = 'The "base" argument must be of type string or an instance of URL.';
      throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message, legacyMainResolve);
    }
    const importer = base.startsWith('file:') ? decodeURIComponent(new realm.host.URL(base).pathname) : base;
    const missing = directory + (typeof main === 'string' ? main : 'index.js');
    const message = `Cannot find package '${missing}' imported from ${importer}`;
    throw nativeError(Error, 'ERR_MODULE_NOT_FOUND', message, legacyMainResolve);
  }

  return {
    internalModuleStat,
    legacyMainResolve,
    getFormatOfExtensionlessFile(path: string): number {
      try {
        const inode = files.inode(path);
        const isWasm =
          inode instanceof RegularFile && wasmMagic.every((byte, index) => inode.bytes[index] === byte);
        return Number(isWasm);
      } catch {
        return 0;
      }
    },
  };
}
