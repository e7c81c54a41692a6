/** The parts of `fs.cpSync` and `fs.rmSync` that Node has in C++. */
import { FileSystemError } from '../../file-system/error.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { Directory, SymbolicLink, type Inode } from '../../file-system/inode.ts';
import type { Binding } from '../../realm.ts';
import { nativeError } from '../native-error.ts';
import { pathText, type FileCalls } from './calls.ts';

/** Functions of the `fs` binding that copy and remove trees. */
export function treeFunctions(files: FileSystem, calls: FileCalls): Binding {
  const find = (path: string, follow: boolean): Inode | undefined => {
    try {
      return files.inode(path, follow);
    } catch (error) {
      if (error instanceof FileSystemError && error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const preserveTimes = (from: Inode, to: Inode): void =>
    files.changeTimes(to, from.accessedAt, from.modifiedAt);

  /** Runs what may fail with a `FileSystemError`, and names the paths in the error. */
  function guarded<Result>(
    syscall: string,
    [path, dest]: readonly [string, string?],
    run: () => Result,
  ): Result {
    try {
      return run();
    } catch (error) {
      throw calls.nodeError(error, syscall, path, dest, guarded as () => unknown);
    }
  }

  function cpSyncCheckPaths(
    sourcePath: unknown,
    targetPath: unknown,
    dereference: boolean,
    recursive: boolean,
  ): void {
    const [from, to] = [pathText(sourcePath), pathText(targetPath)];
    const refuse = (code: string, message: string): Error =>
      nativeError(Error, code, message, cpSyncCheckPaths);
    const source = guarded(dereference ? 'stat' : 'lstat', [from], () => files.inode(from, dereference));
    const target = guarded(dereference ? 'stat' : 'lstat', [to], () => find(to, dereference));
    const isDirectory = source instanceof Directory;
    if (target === source) throw refuse('ERR_FS_CP_EINVAL', `src and dest cannot be the same ${to}`);
    if (target !== undefined) {
      const isTargetDirectory = target instanceof Directory;
      if (isDirectory && !isTargetDirectory)
        throw refuse(
          'ERR_FS_CP_DIR_TO_NON_DIR',
          `Cannot overwrite non-directory ${to} with directory ${from}`,
        );
      if (!isDirectory && isTargetDirectory)
        throw refuse(
          'ERR_FS_CP_NON_DIR_TO_DIR',
          `Cannot overwrite directory ${to} with non-directory ${from}`,
        );
    }
    if (isDirectory && !recursive)
      throw refuse(
        'ERR_FS_EISDIR',
        `Recursive option not enabled, cannot copy a directory: ${asDirectory(from)}`,
      );
    if (isDirectory && isInside(to, from))
      throw refuse('ERR_FS_CP_EINVAL', `Cannot copy ${asDirectory(from)} to a subdirectory of self ${to}`);
    const parent = to.replace(/\/+$/, '').replace(/\/?[^/]*$/, '');
    if (parent !== '') guarded('mkdir', [parent], () => files.mkdirAll(parent, 0o777));
  }

  /** Is the path `inner`, or a directory above it, the same as `outer`? */
  function isInside(inner: string, outer: string): boolean {
    const root = `${files.realpath(outer).replace(/\/$/, '')}/`;
    for (let path = inner.replace(/\/+$/, ''); path !== ''; path = path.replace(/\/?[^/]*$/, ''))
      if (files.exists(path)) return `${files.realpath(path)}/`.startsWith(root);
    return false;
  }

  function cpSyncCopyDir(
    from: string,
    to: string,
    force: boolean,
    dereference: boolean,
    errorOnExist: boolean,
    verbatimSymlinks: boolean,
    preserveTimestamps: boolean,
  ): void {
    guarded('mkdir', [to], () => files.mkdirAll(to, 0o777));
    for (const [name, inode] of guarded('scandir', [from], () => files.list(from))) {
      const [source, target] = [`${from.replace(/\/$/, '')}/${name}`, `${to.replace(/\/$/, '')}/${name}`];
      if (inode instanceof Directory) {
        cpSyncCopyDir(source, target, force, dereference, errorOnExist, verbatimSymlinks, preserveTimestamps);
        continue;
      }
      const existing = guarded('lstat', [target], () => find(target, false));
      if (existing !== undefined && !force) {
        if (!errorOnExist) continue;
        const message = `[ERR_FS_CP_EEXIST]: Target already exists: cp returned EEXIST (${target} already exists) ${target}`;
        throw nativeError(Error, 'ERR_FS_CP_EEXIST', message, cpSyncCopyDir);
      }
      guarded('cp', [source, target], () => {
        if (inode instanceof SymbolicLink && !dereference) {
          if (existing !== undefined) files.unlink(target);
          const isRelative = !inode.target.startsWith('/');
          files.symlink(
            isRelative && !verbatimSymlinks ? absolute(source, inode.target) : inode.target,
            target,
          );
          return;
        }
        files.copy(source, target, false);
        if (preserveTimestamps) preserveTimes(files.inode(source), files.inode(target));
      });
    }
  }

  /** What a relative link in the directory of `linkPath` points to. */
  function absolute(linkPath: string, target: string): string {
    const directory = files.realpath(linkPath.replace(/\/?[^/]*$/, '') || '.');
    const parts: string[] = [];
    for (const part of `${directory}/${target}`.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  function rmSync(pathArgument: unknown, _maxRetries: number, recursive: boolean): void {
    const path = pathText(pathArgument);
    guarded('rm', [path], () => {
      const inode = find(path, false);
      if (inode instanceof Directory && !recursive)
        throw nativeError(Error, 'ERR_FS_EISDIR', `Path is a directory: ${path}`, rmSync);
      files.removeAll(path);
    });
  }

  return {
    cpSyncCheckPaths,
    cpSyncCopyDir,
    cpSyncOverrideFile(from: string, to: string, _mode: number, preserveTimestamps: boolean): void {
      guarded('cp', [from, to], () => {
        files.unlink(to);
        files.copy(from, to, false);
        if (preserveTimestamps) preserveTimes(files.inode(from), files.inode(to));
      });
    },
    rmSync,
  };
}

const asDirectory = (path: string): string => path.replace(/\/?$/, '/');
