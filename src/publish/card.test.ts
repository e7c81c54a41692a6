import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CardPress } from './card.ts';

const mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></svg>';
const card = { title: 'Pipes', place: 'Part 2', book: 'A book', tagline: 'That runs' };

suite('printing an image', () => {
  test('gives a PNG in the size that previews want, for titles of every length', async () => {
    const press = await CardPress.open(mark);
    for (const title of ['V8', 'Pipes and streams '.repeat(20), 'E'.repeat(300), 'Ρυθμός и ритм', '漢字']) {
      const png = await press.print({ ...card, title });
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1200, 630], title);
    }
  });

  test('another mark is another edition', async () => {
    const [one, same, other] = await Promise.all([
      CardPress.open(mark),
      CardPress.open(mark),
      CardPress.open(mark.replace('r="1"', 'r="0.5"')),
    ]);
    assert.equal(one.edition, same.edition);
    assert.notEqual(one.edition, other.edition);
  });
});
