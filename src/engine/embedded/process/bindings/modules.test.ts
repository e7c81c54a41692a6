import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fileSystemOf } from '../file-system.ts';
import { fs } from './fs.ts';
import { modules } from './modules.ts';
import { callable, realBinding, testRealm } from './oracle.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'modules-binding-')));
after(() => rmSync(root, { recursive: true }));

const { realm } = testRealm();
const files = fs(realm, { ...realBinding('fs') });
const real = realBinding('modules');
const ours = modules({ ...realm, internalBinding: () => files }, { ...real });

const configurations: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "root", "type": "module" }',
  'plain/package.json': '{}',
  'all/package.json':
    '{"name":"all","main":"./a.js","type":"commonjs","exports":{".":"./a.js"},"imports":{"#a":["./a.js"]}}',
  'text/package.json': '\uFEFF{"exports":"./dist/index.js","imports":"./no.js","main":1,"type":"other"}',
  'others/package.json': '{"exports":null,"imports":false}',
  'list/package.json': '{"exports":["./a.js"]}',
  'node_modules/a/package.json': '{"type":"module"}',
  'node_modules/bare/index.js': '',
  'broken/package.json': '{"name":',
  'name/package.json': '{"name":1}',
  'type/package.json': '{"type":null}',
  'array/package.json': '[]',
};
for (const [name, text] of Object.entries(configurations)) {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  fileSystemOf(realm).provide(path, Buffer.from(text));
}

/** Results and errors, with JSON read, because Node keeps its white space. */
function outcome(binding: typeof real, name: string, args: readonly unknown[]): unknown {
  try {
    const value = callable(binding, name)(...args);
    if (!Array.isArray(value)) return value;
    return value.map((text: unknown) =>
      typeof text === 'string' && /^[{[]/.test(text) ? { json: JSON.parse(text) as unknown } : text,
    );
  } catch (error) {
    return error instanceof Error ? Object.assign({}, error, { message: error.message }) : error;
  }
}

const folders = [...new Set(Object.keys(configurations).map((name) => dirname(join(root, name))))];
const calls = folders.flatMap((folder) => {
  const url = pathToFileURL(join(folder, 'sub/x.js')).href;
  return [
    ['readPackageJSON', join(folder, 'package.json')],
    [
      'readPackageJSON',
      join(folder, 'package.json'),
      true,
      pathToFileURL(join(root, 'from here.mjs')).href,
      'it',
    ],
    ['getNearestParentPackageJSON', join(folder, 'sub/x.js')],
    ['getNearestParentPackageJSONType', join(folder, 'sub/x.js')],
    ['getPackageScopeConfig', url],
    ['getPackageType', url],
  ] as const;
});

test('every question about packages is answered as Node answers it', () => {
  for (const [name, ...args] of calls) {
    assert.deepEqual(outcome(ours, name, args), outcome(real, name, args), `${name} ${args[0]}`);
  }
});

test('a file that was read stays as it was', () => {
  const path = join(root, 'plain/package.json');
  fileSystemOf(realm).provide(path, Buffer.from('{"name":"changed"}'));
  assert.equal((outcome(ours, 'readPackageJSON', [path]) as unknown[])[0], undefined);
});
