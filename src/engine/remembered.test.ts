import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Remembered } from './remembered.ts';

/** As much of a browser's storage as is used. */
function storage(): Storage {
  const items = new Map<string, string>();
  return {
    length: 0,
    clear: () => items.clear(),
    key: () => null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('Remembered', () => {
  it('is found by the next page', () => {
    const shared = storage();
    const words = new Remembered(() => shared, 'key');
    assert.equal(words.value, undefined);
    words.value = 'embedded';
    assert.equal(new Remembered(() => shared, 'key').value, 'embedded');
    words.value = undefined;
    assert.equal(new Remembered(() => shared, 'key').value, undefined);
  });

  it('lasts as long as the page where the browser stores nothing', () => {
    const words = new Remembered(() => {
      throw new DOMException('blocked', 'SecurityError');
    }, 'key');
    words.value = 'embedded';
    assert.equal(words.value, 'embedded');
    words.value = undefined;
    assert.equal(words.value, undefined);
  });
});
