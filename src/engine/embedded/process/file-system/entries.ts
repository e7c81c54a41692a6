/** Changes to the entries of directories: who may make them, and whom they are announced to. */
import { fail } from './error.ts';
import { Directory, type Inode } from './inode.ts';
import { permission, requirePermission, type Place } from './walk.ts';

const change = permission.write | permission.execute;

/** Puts an inode where nothing is yet, and answers it. Throws ENOENT and EACCES. */
export function addEntry<Made extends Inode>({ directory, name, needsDirectory }: Place, inode: Made): Made {
  if (needsDirectory && !(inode instanceof Directory)) fail('ENOENT');
  requirePermission(directory, change);
  directory.put(name, inode);
  if (inode instanceof Directory) inode.linkCount = 2;
  directory.announce('rename', name);
  return inode;
}

/** Takes the entry of an inode away. Throws EACCES. */
export function removeEntry(directory: Directory, name: string, inode: Inode): void {
  requirePermission(directory, change);
  directory.remove(name);
  unlinked(inode);
  directory.announce('rename', name);
}

/** Takes away whatever is below an inode. Throws EACCES. */
export function removeEntriesBelow(inode: Inode): void {
  if (!(inode instanceof Directory)) return;
  for (const [name, child] of inode.entries) {
    removeEntriesBelow(child);
    removeEntry(inode, name, child);
  }
}

/** Gives the inode of one entry to another one, in place of what was there. Throws EACCES. */
export function moveEntry(source: Place, target: Place, inode: Inode): void {
  requirePermission(source.directory, change);
  requirePermission(target.directory, change);
  source.directory.remove(source.name);
  target.directory.put(target.name, inode);
  inode.touchStatus();
  source.directory.announce('rename', source.name);
  target.directory.announce('rename', target.name);
  inode.announce('rename');
  if (target.inode !== undefined) unlinked(target.inode);
}

function unlinked(inode: Inode): void {
  const isDirectory = inode instanceof Directory;
  inode.linkCount = isDirectory ? 0 : inode.linkCount - 1;
  inode.touchStatus();
  if (!isDirectory) inode.announce('change');
  if (inode.linkCount > 0) return;
  // Linux tells that it is gone, and then that it is watched no more.
  inode.announce('rename');
  inode.announce('rename');
}
