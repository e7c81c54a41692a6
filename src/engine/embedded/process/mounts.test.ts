import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FileSystem } from './file-system/file-system.ts';
import { RegularFile } from './file-system/inode.ts';
import { mountArchives } from './mounts.ts';

const folder = mkdtempSync(join(tmpdir(), 'mounts-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'sub'));
writeFileSync(join(folder, 'sub', 'a.txt'), 'first');
writeFileSync(join(folder, 'tool'), '#!');
chmodSync(join(folder, 'tool'), 0o755);
symlinkSync('sub/a.txt', join(folder, 'link'));
linkSync(join(folder, 'tool'), join(folder, 'twin'));
const pack = (): Uint8Array =>
  new Uint8Array(execFileSync('tar', ['-c', 'sub', 'tool', 'link', 'twin'], { cwd: folder }));

const write = 1;
const append = 0o2001;

function mounted(archive = pack()): FileSystem {
  const files = new FileSystem({ cwd: '/home/reader', umask: 0o022 });
  mountArchives(files, [{ path: '/home/reader/', archive }]);
  return files;
}
function read(files: FileSystem, path: string): string {
  const inode = files.inode(path);
  assert.ok(inode instanceof RegularFile);
  return new TextDecoder().decode(inode.bytes);
}
function put(files: FileSystem, path: string, flags: number, text: string): void {
  const descriptor = files.open(path, flags, 0);
  files.opened(descriptor).write(new TextEncoder().encode(text), undefined);
  files.close(descriptor);
}

test('files, folders, links and their permissions are there', () => {
  const files = mounted();
  assert.equal(read(files, '/home/reader/sub/a.txt'), 'first');
  assert.equal(read(files, 'link'), 'first');
  assert.equal(files.readlink('link'), 'sub/a.txt');
  assert.equal(files.inode('tool').permissions, 0o755);
  assert.equal(files.inode('twin'), files.inode('tool'));
  assert.equal(files.inode('tool').linkCount, 2);
});

test('a file that is changed leaves the archive as it is', () => {
  const archive = pack();
  const before = archive.slice();
  const files = mounted(archive);
  put(files, 'sub/a.txt', write, 'F');
  assert.equal(read(files, 'sub/a.txt'), 'First');
  put(files, 'sub/a.txt', append, ' and more');
  assert.equal(read(files, 'sub/a.txt'), 'First and more');
  const tool = files.inode('tool');
  assert.ok(tool instanceof RegularFile);
  tool.truncate(1);
  assert.equal(read(files, 'tool'), '#');
  assert.deepEqual(archive, before);
});

test('a file that is put in place of a mounted one has its own content', () => {
  const files = mounted();
  files.provide('/home/reader/sub/a.txt', new TextEncoder().encode('second'));
  assert.equal(read(files, 'sub/a.txt'), 'second');
});
