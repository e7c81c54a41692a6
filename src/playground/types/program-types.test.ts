import { resolve } from 'node:path';
import { before, suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { readLibrary } from './build/library.ts';
import { ProgramTypes } from './program-types.ts';
import type { ProgramTexts, TypesAnswer } from './protocol.ts';

suite('types of a program', () => {
  let types: ProgramTypes;
  before(async () => {
    types = new ProgramTypes(await readLibrary(resolve('node_modules')));
  });

  /** Asks at the bar of the first file's text. */
  function at(text: string, kind: 'complete' | 'describe', more: ProgramTexts = {}, file = 'main.mjs') {
    const position = text.indexOf('|');
    return types.ask({ [file]: text.replace('|', ''), ...more }, file, { kind, position });
  }

  function names(answer: TypesAnswer | undefined): string[] {
    return answer?.kind === 'complete' ? answer.entries.map(({ name }) => name) : [];
  }

  function diagnose(file: string, text: string, more: ProgramTexts = {}): string[] {
    const answer = types.ask({ [file]: text, ...more }, file, { kind: 'diagnose' });
    return answer?.kind === 'diagnose' ? answer.diagnostics.map(({ message }) => message) : ['no answer'];
  }

  test("completes Node's API, however it is loaded", (t: TestContext) => {
    t.assert.ok(names(at("import fs from 'node:fs';\nfs.readF|", 'complete')).includes('readFile'));
    const required = "const { createServer } = require('node:http');\ncreateServer().lis|";
    t.assert.ok(names(at(required, 'complete', {}, 'main.js')).includes('listen'));
    t.assert.ok(names(at("import os from 'node:o|'", 'complete')).includes('node:os'));
  });

  test("completes the program's own files", (t: TestContext) => {
    const files = { 'sum.js': 'export function addAll(numbers) { return 0; }' };
    t.assert.ok(names(at("import * as sum from './sum.js';\nsum.ad|", 'complete', files)).includes('addAll'));
    const changed = { 'sum.js': 'export function addTwo(numbers) { return 0; }' };
    const after = names(at("import * as sum from './sum.js';\nsum.ad|", 'complete', changed));
    t.assert.ok(after.includes('addTwo') && !after.includes('addAll'));
  });

  test('describes what stands under the pointer', (t: TestContext) => {
    const answer = at("import { readFile } from 'node:fs/promises';\nawait read|File('a');", 'describe');
    t.assert.ok(answer?.kind === 'describe');
    t.assert.match(answer.signature, /readFile\(path/);
    t.assert.match(answer.documentation, /Asynchronously reads the entire contents of a file/);
    t.assert.equal(answer.to - answer.from, 'readFile'.length);
    t.assert.equal(at('// no|thing', 'describe'), undefined);
  });

  test('explains a completion', (t: TestContext) => {
    const text = "import fs from 'node:fs';\nfs.readF";
    const question = { kind: 'explain-completion', position: text.length, name: 'readFileSync' } as const;
    const answer = types.ask({ 'main.mjs': text }, 'main.mjs', question);
    t.assert.ok(answer?.kind === 'explain-completion');
    t.assert.match(answer.signature, /readFileSync/);
  });

  test('says syntax errors of every script, and type errors of TypeScript', (t: TestContext) => {
    t.assert.deepEqual(diagnose('main.js', 'const a = ;'), ['Expression expected.']);
    t.assert.deepEqual(diagnose('main.js', 'const a = 1;\na.b.c();'), []);
    t.assert.deepEqual(diagnose('main.ts', 'export const a: string = 1;'), [
      "Type 'number' is not assignable to type 'string'.",
    ]);
    t.assert.match(diagnose('main.ts', 'enum Color { Red }').join(), /erasableSyntaxOnly/);
  });

  test('has nothing against what Node runs', (t: TestContext) => {
    const code = `
      import http from 'node:http';
      import { three } from './three.ts';
      const text: string = await (await fetch('http://localhost')).text();
      console.log(http.STATUS_CODES, three, text, import.meta.dirname, new URL('a:b'));`;
    t.assert.deepEqual(diagnose('main.ts', code, { 'three.ts': 'export const three = 3;' }), []);
    t.assert.deepEqual(diagnose('main.mjs', "import data from './data.json' with { type: 'json' };"), []);
    t.assert.deepEqual(
      diagnose(
        'main.ts',
        "import express from 'express';\nexpress().get('/', (request: unknown) => request);",
      ),
      [],
    );
    t.assert.match(diagnose('main.ts', "import './missing.ts';").join(), /missing\.ts/);
  });

  test('has no answer for other files, and survives hostile names', (t: TestContext) => {
    t.assert.equal(types.ask({ 'notes.md': '# a' }, 'notes.md', { kind: 'diagnose' }), undefined);
    t.assert.equal(types.ask({}, '__proto__', { kind: 'diagnose' }), undefined);
    t.assert.deepEqual(diagnose('../lib/lib.es5.d.ts', 'export {};'), []);
    t.assert.deepEqual(diagnose('main.ts', 'const one: Array<number> = [1];\nconsole.log(one);'), []);
  });
});
