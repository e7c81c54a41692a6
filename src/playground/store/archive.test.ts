import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archiveName, ArchiveError, exportArchive, importArchive, readArchive } from './archive.ts';
import { browser, edited, program } from './memory-browser.ts';

const file = (entries: string, version = 1) =>
  `{"format":"loopbook","version":${version},"exportedAt":"2026-01-01T00:00:00.000Z","entries":${entries}}`;
const chapter = (at: number, readAt = at) =>
  `{"collection":"chapters","key":"a/b","at":${at},"value":{"readAt":${readAt}}}`;

for (const [what, text, says] of [
  ['no JSON', 'hello', /not exported by this site/],
  ['null', 'null', /not exported by this site/],
  ['a file of something else', '{"name":"x"}', /not exported by this site/],
  ['a newer version', file('[]', 2), /newer version of this site/],
  ['no version', file('[]', 0), /damaged/],
  ['entries that are no list', file('{}'), /damaged/],
  ['too many entries', file(JSON.stringify(Array.from({ length: 20_001 }, () => 0))), /damaged/],
] as const) {
  test(`${what} is refused with a sentence`, () => {
    assert.throws(
      () => readArchive(text),
      (error) => error instanceof ArchiveError && says.test(error.message),
    );
  });
}

test('what cannot be read is skipped and counted', () => {
  const entries = [
    chapter(7),
    '{"collection":"removals","key":"a","at":1,"value":{"replaced":[]}}',
    '{"collection":"constructor","key":"a","at":1,"value":{}}',
    '{"collection":"chapters","key":"a/b","at":1}',
    '{"collection":"chapters","key":"<b>","at":1,"value":{"readAt":1}}',
    '{"collection":"exercises","key":"a/b","at":1,"value":{"best":9,"checks":1,"hints":0,"hasSeenSolution":true}}',
    'null',
  ];
  const { entries: read, skipped } = readArchive(file(`[${entries.join()}]`));
  assert.deepEqual(read, [{ replaced: { collection: 'chapters', key: 'a/b', value: { readAt: 7 } }, at: 7 }]);
  assert.equal(skipped, 6);
});

for (const value of [
  '{"files":{"__proto__":"x"},"deleted":[]}',
  '{"files":{"../x":"x"},"deleted":[]}',
  '{"files":{"<img src=x>":"x"},"deleted":[]}',
  '{"files":{"a.js":{}},"deleted":[]}',
  '{"files":{},"deleted":["/etc/passwd"]}',
  '{"files":{},"deleted":[],"env":{"__proto__":"x"}}',
  '{"files":{},"deleted":[],"args":"x"}',
  '{"files":{},"deleted":[],"entry":"../x"}',
  `{"files":{"a.js":"${'x'.repeat(1_000_001)}"},"deleted":[]}`,
]) {
  test(`the program ${value.slice(0, 60)} is not read`, () => {
    const { entries, skipped } = readArchive(
      file(`[{"collection":"programs","key":"a/b/c","at":1,"value":${value}}]`),
    );
    assert.deepEqual([entries.length, skipped], [0, 1]);
  });
}

test('prototype keys reach no prototype, and what is unknown is dropped', () => {
  const value = '{"files":{"a.js":"1"},"deleted":[],"__proto__":{"isAdmin":true},"constructor":{"x":1}}';
  const { entries } = readArchive(file(`[{"collection":"programs","key":"a/b/c","at":1,"value":${value}}]`));
  assert.deepEqual(entries[0]?.replaced.value, { files: { 'a.js': '1' }, deleted: [] });
  assert.equal(Reflect.get({}, 'isAdmin'), undefined);
});

test('of an entry that is there twice the later one counts', () => {
  const { entries } = readArchive(file(`[${chapter(2, 20)},${chapter(3, 30)},${chapter(1, 10)}]`));
  assert.deepEqual(entries, [
    { replaced: { collection: 'chapters', key: 'a/b', value: { readAt: 30 } }, at: 3 },
  ]);
});

test('a file of an older version is migrated step by step', () => {
  const rename = (from: string, to: string) => (entries: readonly unknown[]) =>
    JSON.parse(JSON.stringify(entries).replaceAll(from, to)) as unknown[];
  const steps = [rename('"seen"', '"read"'), rename('"read"', '"chapters"')];
  const old = (collection: string) => chapter(5).replace('chapters', collection);
  for (const [version, collection] of [
    [1, 'seen'],
    [2, 'read'],
    [3, 'chapters'],
  ] as const) {
    const { entries } = readArchive(file(`[${old(collection)}]`, version), 3, steps);
    assert.equal(entries.length, 1, `version ${version}`);
  }
});

test('the file is named after its day', () => {
  assert.equal(archiveName(new Date('2026-03-04T05:06:07Z')), 'loopbook-2026-03-04.json');
});

test('what one browser exports another imports, and the import can be undone', async () => {
  const [from, to] = [browser().open('a'), browser().open('b')];
  from.set('programs', program, edited('there'));
  from.set('chapters', 'files/streams', { readAt: 5 });
  const exported = new Blob([await exportArchive(from, new Date())]);
  const report = await importArchive(to, exported);
  assert.deepEqual(
    { ...report, removal: '' },
    { added: 2, changed: 0, unchanged: 0, skipped: 0, removal: '' },
  );
  assert.deepEqual(await to.get('programs', program), edited('there'));
  assert.deepEqual(await importArchive(to, exported), { added: 0, changed: 0, unchanged: 2, skipped: 0 });
  await to.restore(report.removal ?? '');
  assert.equal(await to.get('programs', program), undefined);
});

test('an import keeps what is newer here and replaces what is older', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const [from, to] = [browser().open('a'), browser().open('b')];
  to.set('programs', 'a/b/older', edited('here'));
  t.mock.timers.tick(1000);
  from.set('programs', 'a/b/older', edited('file'));
  from.set('programs', 'a/b/newer', edited('file'));
  t.mock.timers.tick(1000);
  to.set('programs', 'a/b/newer', edited('here'));
  const report = await importArchive(to, new Blob([await exportArchive(from, new Date())]));
  assert.deepEqual([report.changed, report.unchanged], [1, 1]);
  assert.deepEqual(await to.get('programs', 'a/b/older'), edited('file'));
  assert.deepEqual(await to.get('programs', 'a/b/newer'), edited('here'));
  await to.restore(report.removal ?? '');
  assert.deepEqual(await to.get('programs', 'a/b/older'), edited('here'));
});
