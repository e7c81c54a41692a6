/** Archives of files that a program finds in its file system: npm packages, and what tests read. */
import { readTar } from '../../tar.ts';
import type { ProcessMount } from '../protocol.ts';
import type { FileSystem } from './file-system/file-system.ts';
import { RegularFile, SymbolicLink, type Directory, type Inode } from './file-system/inode.ts';

/** Unpacks archives in their order. Contents are not copied: a file that is written to gets bytes of its own then. */
export function mountArchives(fileSystem: FileSystem, mounts: readonly ProcessMount[]): void {
  for (const { path, archive } of mounts) mountArchive(fileSystem, path.replace(/\/+$/, ''), archive);
}

function mountArchive(fileSystem: FileSystem, root: string, archive: Uint8Array): void {
  const directories = new Map<string, Directory>();
  const directory = (name: string): Directory => {
    const known = directories.get(name);
    if (known) return known;
    const provided = fileSystem.provideDirectory(`${root}/${name}`);
    directories.set(name, provided);
    return provided;
  };
  const put = (name: string, inode: Inode): void => {
    const slash = name.lastIndexOf('/');
    directory(name.slice(0, Math.max(slash, 0))).put(name.slice(slash + 1), inode);
  };
  for (const entry of readTar(archive)) {
    switch (entry.kind) {
      case 'file': {
        const file = new RegularFile(entry.permissions);
        file.borrow(entry.content);
        put(entry.name, file);
        break;
      }
      case 'directory':
        directory(entry.name).permissions = entry.permissions;
        break;
      case 'symbolic-link':
        put(entry.name, new SymbolicLink(entry.target));
        break;
      case 'hard-link': {
        const inode = fileSystem.inode(`${root}/${entry.target}`, false);
        inode.linkCount++;
        put(entry.name, inode);
      }
    }
  }
}
