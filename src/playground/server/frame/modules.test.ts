import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectModules, rewriteModule } from './modules.ts';

const url = 'http://localhost:1/js/app.js';

test('paths become URLs, names stay', () => {
  assert.equal(
    rewriteModule(
      `import { a } from './a.js';import "../b.js";export * from '/c.js';\nconst d = await import('./d.js');import e from 'e';`,
      url,
    ),
    `import { a } from 'http://localhost:1/js/a.js';import "http://localhost:1/b.js";export * from 'http://localhost:1/c.js';\nconst d = await import('http://localhost:1/js/d.js');import e from 'e';`,
  );
  assert.equal(rewriteModule('f(import.meta.url)', url), `f("${url}")`);
});

test('all that are reached, also in a circle', async () => {
  const texts: Record<string, string> = {
    [url]: `import './a.js'; import './gone.js';`,
    'http://localhost:1/js/a.js': `import './app.js'; import '../b.js';`,
    'http://localhost:1/b.js': 'export default 1;',
  };
  const modules = await collectModules([url], (each) => Promise.resolve(texts[each]));
  assert.deepEqual([...modules.keys()], Object.keys(texts));
});
