import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readConfiguration } from '../layouts/configuration.ts';
import { icons } from './icons.ts';

/** Width and height that a PNG says it has. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
const isPng = (bytes: Buffer) => bytes.subarray(1, 4).toString('latin1') === 'PNG';

suite('the icons of a site', () => {
  test('are drawn from its favicon.svg, each in its size', async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'loopbook-icons-'));
    t.after(() => rm(directory, { recursive: true }));
    await writeFile(
      join(directory, 'favicon.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></svg>',
    );
    await icons.run({ directory, content: directory, configuration: readConfiguration({}) });
    for (const [name, size] of [
      ['apple-touch-icon.png', 180],
      ['icon-192.png', 192],
      ['icon-512.png', 512],
    ] as const) {
      const png = await readFile(join(directory, name));
      assert.ok(isPng(png), name);
      assert.deepEqual(sizeOf(png), [size, size], name);
    }
    const ico = await readFile(join(directory, 'favicon.ico'));
    assert.deepEqual([...ico.subarray(0, 6)], [0, 0, 1, 0, 1, 0], 'an icon with one picture');
    const picture = ico.subarray(ico.readUInt32LE(18));
    assert.equal(picture.length, ico.readUInt32LE(14));
    assert.ok(isPng(picture));
    assert.deepEqual(sizeOf(picture), [32, 32]);
  });
});
