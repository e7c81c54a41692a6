import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undeclared } from './main.mjs';

test('A package that is not listed is found', () => {
  const manifest = { dependencies: { report: '^2.0.0' } };
  assert.deepEqual(
    undeclared(manifest, ["import { monthly } from 'report';\nimport { dayName } from 'dates';"]),
    ['dates'],
    'report is listed and dates is not, so the answer is dates alone.',
  );
});

test('Relative paths and core modules are no packages', () => {
  const relative = ["import './setup.mjs';", "import { sum } from '../sum.mjs';"];
  assert.deepEqual(
    undeclared({ dependencies: {} }, relative),
    [],
    'A specifier that begins with a dot is a path to a file, not a package.',
  );
  const core = ["import fs from 'fs';", "import { join } from 'node:path';", "import 'fs/promises';"];
  assert.deepEqual(
    undeclared({ dependencies: {} }, core),
    [],
    'Core modules are part of Node, with the prefix node: and without it. isBuiltin from node:module knows both.',
  );
});

test('What follows the name is a path within the package', () => {
  const sources = ["const merge = await import('lodash/merge');"];
  assert.deepEqual(
    undeclared({ dependencies: { lodash: '^4.0.0' } }, sources),
    [],
    'lodash/merge belongs to the package lodash, which is listed.',
  );
  assert.deepEqual(
    undeclared({ dependencies: { '@acme/ui': '^1.0.0' } }, ["import '@acme/ui/button';"]),
    [],
    '@acme/ui/button belongs to the package @acme/ui. A scoped name has two parts.',
  );
});

test('devDependencies do not count', () => {
  assert.deepEqual(
    undeclared({ devDependencies: { tidy: '4.0.0' } }, ["import { tidy } from 'tidy';"]),
    ['tidy'],
    'A package that is only in devDependencies is missing in production. And a manifest may have no dependencies at all.',
  );
});

test('Each name once, sorted', () => {
  const sources = ["import 'zeta';\nimport { a } from 'alpha/a';", "import { b } from 'alpha/b';"];
  assert.deepEqual(
    undeclared({ dependencies: {} }, sources),
    ['alpha', 'zeta'],
    'Two imports from one package make one entry, and the names are sorted.',
  );
});
