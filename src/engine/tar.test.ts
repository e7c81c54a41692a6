import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { readTar } from './tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'tar-'));
after(() => rmSync(folder, { recursive: true }));

const longName = `${'deep/'.repeat(30)}${'x'.repeat(90)}-ünï=code.js`;
for (const [name, content] of [
  ['plain.txt', 'plain'],
  ['empty.txt', ''],
  ['full.bin', 'y'.repeat(1024)],
  [longName, 'far away'],
] as const) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}
chmodSync(join(folder, 'plain.txt'), 0o754);
symlinkSync('plain.txt', join(folder, 'link'));
symlinkSync(longName, join(folder, 'long-link'));

const pack = (format: string): Uint8Array =>
  new Uint8Array(execFileSync('tar', ['-c', `--format=${format}`, '.'], { cwd: folder }));

for (const format of ['gnu', 'pax']) {
  test(`reads what tar writes as ${format}`, () => {
    const entries = new Map([...readTar(pack(format))].map((entry) => [entry.name, entry]));
    const contents = [...entries].flatMap(([name, entry]) =>
      entry.kind === 'file' ? [[name, new TextDecoder().decode(entry.content)]] : [],
    );
    assert.deepEqual(Object.fromEntries(contents), {
      'plain.txt': 'plain',
      'empty.txt': '',
      'full.bin': 'y'.repeat(1024),
      [longName]: 'far away',
    });
    assert.equal(entries.get('plain.txt')?.permissions, 0o754);
    assert.equal(entries.get('deep')?.kind, 'directory');
    const targets = ['link', 'long-link'].map((name) => {
      const entry = entries.get(name);
      return entry?.kind === 'symbolic-link' ? entry.target : undefined;
    });
    assert.deepEqual(targets, ['plain.txt', longName]);
  });
}

test('reads a name that ustar splits in two', () => {
  const directory = mkdtempSync(join(folder, 'split-'));
  const name = `${'a'.repeat(99)}/${'b'.repeat(99)}`;
  mkdirSync(join(directory, dirname(name)));
  writeFileSync(join(directory, name), 'split');
  const archive = execFileSync('tar', ['-c', '--format=ustar', name], { cwd: directory });
  assert.deepEqual(
    [...readTar(new Uint8Array(archive))].map((entry) => entry.name),
    [name],
  );
});

test('contents are views of the archive', () => {
  const archive = pack('pax');
  for (const entry of readTar(archive))
    if (entry.kind === 'file') assert.equal(entry.content.buffer, archive.buffer);
});

test('an archive that is cut off is an error', () => {
  const archive = pack('pax');
  const file = [...readTar(archive)].find((entry) => entry.name === 'full.bin');
  assert.ok(file?.kind === 'file');
  assert.throws(() => [...readTar(archive.subarray(0, file.content.byteOffset + 100))], RangeError);
});
