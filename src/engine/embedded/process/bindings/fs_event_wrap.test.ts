import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileSystemOf } from '../file-system.ts';
import { fsEventWrap } from './fs_event_wrap.ts';
import { callable, testRealm } from './oracle.ts';
import { fs } from './fs.ts';

interface Watcher {
  onchange: (status: number, event: string, name: string) => void;
  readonly initialized: boolean;
  start(path: string, persistent: boolean, recursive: boolean, encoding: string): number;
  close(): void;
}

function watching(...paths: string[]): {
  change: (name: string, ...args: unknown[]) => void;
  told: string[];
  settle: () => void;
  watchers: Watcher[];
} {
  const { realm, settle } = testRealm();
  const files = fileSystemOf(realm);
  files.provide('/home/reader/w/f', new TextEncoder().encode('x'));
  const { FSEvent } = fsEventWrap(realm, {}) as { FSEvent: new () => Watcher };
  const told: string[] = [];
  const watchers = paths.map((path) => {
    const watcher = new FSEvent();
    watcher.onchange = (status, event, name) =>
      told.push(`${path} ${event} ${name}${status === 0 ? '' : ` (${status})`}`);
    assert.equal(watcher.start(path, true, false, 'utf8'), 0);
    return watcher;
  });
  const binding = fs(realm, {});
  const change = (name: string, ...args: unknown[]): void => {
    callable(binding, name)(...args);
    settle();
  };
  return { change, told, settle, watchers };
}

// What Node told on Linux for the same steps.
const steps: [step: [name: string, ...args: unknown[]], events: string[]][] = [
  [
    ['writeFileUtf8', 'w/f', 'yy', 0o1101, 0o666],
    ['w change f', 'w/f change f', 'w change f', 'w/f change f'],
  ],
  [
    ['writeFileUtf8', 'w/f', 'z', 0o2001, 0o666],
    ['w change f', 'w/f change f'],
  ],
  [
    ['writeFileUtf8', 'w/new', 'a', 0o1101, 0o666],
    ['w rename new', 'w change new'],
  ],
  [['writeFileUtf8', 'w/new2', '', 0o1101, 0o666], ['w rename new2']],
  [['mkdir', 'w/sub', 0o777, false], ['w rename sub']],
  [['writeFileUtf8', 'w/sub/x', '', 0o1101, 0o666], []],
  [
    ['chmod', 'w/f', 0o600],
    ['w change f', 'w/f change f'],
  ],
  [
    ['utimes', 'w/f', 1, 1],
    ['w change f', 'w/f change f'],
  ],
  [
    ['rename', 'w/new', 'w/new3'],
    ['w rename new', 'w rename new3'],
  ],
  [['unlink', 'w/new3'], ['w rename new3']],
  [
    ['rename', 'w/f', 'w/g'],
    ['w rename f', 'w rename g', 'w/f rename f'],
  ],
  [
    ['writeFileUtf8', 'w/g', '1', 0o1101, 0o666],
    ['w change g', 'w/f change f', 'w change g', 'w/f change f'],
  ],
  [
    ['unlink', 'w/g'],
    ['w/f change f', 'w/f rename f', 'w/f rename f', 'w rename g'],
  ],
];

test('events of a directory and of a file in it, step by step', () => {
  const { change, told } = watching('w', 'w/f');
  for (const [step, events] of steps) {
    change(...step);
    // Two events that say the same are told once where nothing stands between them.
    const merged = events.filter((event, index) => event !== events[index - 1]);
    assert.deepEqual(told.splice(0), merged, step.join(' '));
  }
});

test('an event that repeats the last one is told once', () => {
  const { change, told } = watching('w/f');
  change('writeFileUtf8', 'w/f', 'abc', 0o1101, 0o666);
  assert.deepEqual(told, ['w/f change f']);
});

test('a closed watcher is told nothing', () => {
  const { change, told, watchers, settle } = watching('w');
  assert.equal(watchers[0]?.initialized, true);
  watchers[0]?.close();
  settle();
  change('mkdir', 'w/late', 0o777, false);
  assert.deepEqual(told, []);
  assert.equal(watchers[0]?.initialized, false);
});

test('there is nothing to watch', () => {
  const { realm } = testRealm();
  const { FSEvent } = fsEventWrap(realm, {}) as { FSEvent: new () => Watcher };
  assert.equal(new FSEvent().start('nothing', true, false, 'utf8'), realm.uv.errno('ENOENT'));
});
