import { suite, test } from 'node:test';
import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands';
import { lintKeymap } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import type { TestContext } from 'node:test';
import { isMacKeyboard, keyNames, shortcutScopes, shortcuts, spokenKey } from './shortcuts.ts';

suite('shortcuts', () => {
  test('are written as they are on the keyboard', (t: TestContext) => {
    t.assert.deepEqual(keyNames({ keys: 'Mod-Shift-l' }, false), [['Ctrl', 'Shift', 'L']]);
    t.assert.deepEqual(keyNames({ keys: 'Mod-Shift-l' }, true), [['⌘', '⇧', 'L']]);
    t.assert.deepEqual(keyNames({ keys: 'Escape Tab' }, true), [['Esc'], ['Tab']]);
    t.assert.deepEqual(keyNames({ keys: 'Mod-y', mac: 'Mod-Shift-z' }, true), [['⌘', '⇧', 'Z']]);
    t.assert.deepEqual(keyNames({ keys: 'Mod--' }, false), [['Ctrl', '-']]);
    t.assert.deepEqual([spokenKey('⌘'), spokenKey('Ctrl')], ['Command', undefined]);
    t.assert.equal(isMacKeyboard({ platform: 'MacIntel' }), true);
    t.assert.equal(isMacKeyboard({ platform: 'Linux x86_64' }), false);
  });

  test('mean one thing in one place', (t: TestContext) => {
    const keys = shortcuts.map((shortcut) => `${shortcut.scope} ${shortcut.keys}`);
    t.assert.equal(new Set(keys).size, keys.length);
    for (const { scope } of shortcuts) t.assert.ok(shortcutScopes[scope]);
  });

  test('of the editor are bound in it', (t: TestContext) => {
    const bindings = [
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      ...lintKeymap,
      ...completionKeymap,
      indentWithTab,
    ];
    const bound = new Set(bindings.map(({ key }) => key));
    // What editor.ts and its parts bind themselves; Shift and Tab come with `indentWithTab`.
    for (const own of ['Shift-Alt-f', 'Alt-z', 'Ctrl-Shift-Space', 'Escape Tab', 'Shift-Tab']) bound.add(own);
    const inEditor = shortcuts.filter(({ scope }) => scope === 'editor' || scope === 'suggestions');
    t.assert.deepEqual(
      inEditor.filter(({ keys }) => !bound.has(keys)),
      [],
    );
  });
});
