/** The parts of `fs.cpSync` and `fs.rmSync` that Node has in C++. */
import { FileSystemError } from '../../file-system/error.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { Directory, RegularFile, SocketFile, SymbolicLink, type Inode } from '../../file-system/inode.ts';
import type { Binding } from '../../realm.ts';
import { nativeError } from '../native-error.ts';
import type { FileCalls } from './calls.ts';
import { mistakeInMode } from './mistakes.ts';
import { pathText } from './names.ts';

/** Options of `cpSync` that concern directories. */
interface CopyOptions {
  readonly force: boolean;
  readonly dereference: boolean;
  readonly errorOnExist: boolean;
  readonly verbatimSymlinks: boolean;
  readonly preserveTimestamps: boolean;
}

/** Functions of the `fs` binding that copy and remove trees. */
export function treeFunctions(files: FileSystem, calls: FileCalls): Binding {
  const find = (path: string, follow: boolean): Inode | undefined => {
    try {
      return files.inode(path, follow);
    } catch (error) {
      if (error instanceof FileSystemError && /^ENO(?:ENT|TDIR)$/.test(error.code)) return undefined;
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
    // As in Node's own code, where the two forms of `stat` have changed places for the source.
    const source = guarded(dereference ? 'stat' : 'lstat', [from], () => files.inode(from, !dereference));
    const target = find(to, dereference);
    const isDirectory = source instanceof Directory || (dereference && source instanceof SymbolicLink);
    if (target !== undefined) {
      if (find(from, true) === find(to, true))
        throw refuse('ERR_FS_CP_EINVAL', `src and dest cannot be the same ${to}`);
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
    if ((isDirectory && to.startsWith(asDirectory(from))) || isBelow(to, from, source))
      throw refuse('ERR_FS_CP_EINVAL', `Cannot copy ${asDirectory(from)} to a subdirectory of self ${to}`);
    if (isDirectory && !recursive)
      throw refuse(
        'ERR_FS_EISDIR',
        `Recursive option not enabled, cannot copy a directory: ${asDirectory(from)}`,
      );
    if (source instanceof SocketFile) throw refuse('ERR_FS_CP_SOCKET', `Cannot copy a socket file: ${to}`);
    const parent = parentOf(to);
    if (target === undefined && parent !== '')
      guarded('mkdir', [parent], () => files.mkdirAll(parent, 0o777));
  }

  /** Is a directory above the path the source itself? Looks no further than the directory that the source is in. */
  function isBelow(path: string, from: string, source: Inode): boolean {
    for (let above = parentOf(path); above !== '' && above !== parentOf(from); above = parentOf(above)) {
      const inode = find(above, true);
      if (inode === undefined) return false;
      if (inode === source) return true;
    }
    return false;
  }

  function cpSyncCopyDir(from: unknown, to: unknown, ...flags: readonly boolean[]): void {
    const [force, dereference, errorOnExist, verbatimSymlinks, preserveTimestamps] = flags.map(Boolean);
    const options = { force, dereference, errorOnExist, verbatimSymlinks, preserveTimestamps };
    // True: Node's library passes all five.
    copyDirectory(pathText(from), pathText(to), options as CopyOptions);
  }

  function copyDirectory(from: string, to: string, options: CopyOptions): void {
    guarded('cp', [to], () => files.mkdirAll(to, 0o777));
    for (const [name, entry] of guarded('cp', [from], () => files.list(from))) {
      const [source, target] = [asDirectory(from) + name, asDirectory(to) + name];
      // A link inside stays one, whatever the option says.
      if (entry instanceof SymbolicLink) copyLink(entry, source, target, to, options);
      else {
        const inode = guarded('stat', [source], () => files.inode(source));
        if (inode instanceof Directory) copyDirectory(source, target, options);
        else if (inode instanceof RegularFile) copyFile(source, target, to, options);
      }
    }
  }

  function copyFile(source: string, target: string, shown: string, options: CopyOptions): void {
    if (find(target, true) !== undefined && !options.force) {
      if (!options.errorOnExist) return;
      const message = `[ERR_FS_CP_EEXIST]: Target already exists: cp returned EEXIST (${target} already exists)`;
      throw nativeError(Error, 'ERR_FS_CP_EEXIST', message, cpSyncCopyDir);
    }
    guarded('cp', [shown], () => files.copy(source, target));
    if (options.preserveTimestamps) preserveTimes(files.inode(source), files.inode(target));
  }

  function copyLink(
    link: SymbolicLink,
    source: string,
    target: string,
    shown: string,
    { verbatimSymlinks, dereference, force, errorOnExist }: CopyOptions,
  ): void {
    if (verbatimSymlinks) {
      guarded('cp', [shown], () => files.symlink(link.target, target));
      return;
    }
    const existing = find(target, false);
    if (existing instanceof SymbolicLink) {
      if (!dereference) refuseLoop(link, existing, target);
      guarded('cp', [shown], () => files.unlink(target));
    } else if (find(target, true) instanceof RegularFile && (!dereference || (!force && errorOnExist)))
      throw calls.nodeError(
        new FileSystemError('EEXIST'),
        'cp',
        target,
        undefined,
        cpSyncCopyDir as () => unknown,
      );
    guarded('cp', [shown], () => files.symlink(files.canonical(source, link.target), target));
  }

  /** Throws where a link would then lead into itself, or would lose what it leads to. */
  function refuseLoop(link: SymbolicLink, existing: SymbolicLink, target: string): void {
    if (find(link.target, true) instanceof Directory && isInside(existing.target, link.target))
      throw nativeError(
        Error,
        'ERR_FS_CP_EINVAL',
        `Cannot copy ${link.target} to a subdirectory of self ${existing.target}`,
        cpSyncCopyDir,
      );
    if (find(target, true) instanceof Directory && isInside(link.target, existing.target))
      throw nativeError(
        Error,
        'ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY',
        `cannot overwrite ${existing.target} with ${link.target}`,
        cpSyncCopyDir,
      );
  }

  /** Does the path `inner` begin with the path `outer`? */
  function isInside(inner: string, outer: string): boolean {
    const absolute = (path: string): string => asDirectory(path.startsWith('/') ? path : `/${path}`);
    return absolute(inner).startsWith(absolute(outer));
  }

  function cpSyncOverrideFile(
    sourcePath: unknown,
    targetPath: unknown,
    mode: number,
    preserveTimestamps: boolean,
  ): void {
    const [from, to] = [pathText(sourcePath), pathText(targetPath)];
    const mistake = mistakeInMode(mode);
    if (mistake) throw nativeError(mistake.Class, mistake.code, mistake.message, cpSyncOverrideFile);
    guarded('unlink', [to], () => files.unlink(to));
    guarded('cp', mode === 0 ? [to] : [from, to], () => files.copy(from, to, mode));
    if (preserveTimestamps) preserveTimes(files.inode(from), files.inode(to));
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

  return { cpSyncCheckPaths, cpSyncCopyDir, cpSyncOverrideFile, rmSync };
}

const asDirectory = (path: string): string => path.replace(/\/?$/, '/');
const parentOf = (path: string): string => path.replace(/\/?[^/]*$/, '');
