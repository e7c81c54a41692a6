import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { ModuleRecord } from './module-record.ts';
import { applyEdits } from './edits.ts';
import { evaluatedEdits } from './import-redirection.ts';
import { rewriteModule } from './rewrite.ts';
import { SourceTextModule, type ModuleFunction } from './source-text-module.ts';
import type { Parser } from './syntax-tree.ts';

// The parser of Node's own library, which tests reach with --expose-internals.
const parser = createRequire(import.meta.url)('internal/deps/acorn/acorn/dist/acorn') as Parser;
// As the engine does it, by another name so that code is evaluated in the global scope.
const evaluate: (code: string) => unknown = eval; // eslint-disable-line no-eval

/** Links the modules of a graph by their names, `main` being the entry. */
function load(sources: Record<string, string>): ModuleRecord {
  const records = new Map<string, ModuleRecord>();
  const get = (name: string): ModuleRecord => {
    const known = records.get(name);
    if (known) return known;
    const rewritten = rewriteModule(sources[name] ?? '', parser);
    const module = new SourceTextModule(rewritten, {
      compile: ({ code }) => evaluate(code) as ModuleFunction, // the rewriter wrote such a function
      createMeta: () => ({ url: name }),
      importDynamically: (specifier) => {
        const other = get(String(specifier));
        other.instantiate();
        return Promise.resolve(other.evaluate()).then(() => other.namespace);
      },
    });
    const record = new ModuleRecord(
      name,
      module,
      Proxy,
      (_, wanted) => new SyntaxError(`does not provide an export named '${wanted.name}'`),
    );
    records.set(name, record);
    record.link(module.requests.map(({ specifier }) => get(specifier)));
    return record;
  };
  return get('main');
}

async function run(sources: Record<string, string>): Promise<Record<string, unknown>> {
  const main = load(sources);
  main.instantiate();
  await main.evaluate();
  return main.namespace;
}

test('exports are live, imports read them', async () => {
  const { seen } = await run({
    main: `import { count, add as increment } from 'counter';
      const before = count; increment(); export const seen = [before, count];`,
    counter: `export let count = 1; export function add() { count += 1; }`,
  });
  assert.deepEqual(seen, [1, 2]);
});

test('a name can be imported twice, under two local names', async () => {
  const { seen } = await run({
    main: `import { count } from 'counter'; import { count as again } from 'counter'; export const seen = [count, again];`,
    counter: `export const count = 1;`,
  });
  assert.deepEqual(seen, [1, 1]);
});

test('every form of export arrives', async () => {
  const namespace = await run({
    main: `export * from 'all'; export { default as other, one as uno } from 'all'; export * as all from 'all';
      import { two } from 'all'; export { two as again };`,
    all: `export default function () {} export const one = 1, { two, three: [four = 4] } = { two: 2, three: [] };
      export class Five {} const text = 'six'; export { text as 'any name' };`,
  });
  assert.deepEqual(Object.keys(namespace), [
    'Five',
    'again',
    'all',
    'any name',
    'four',
    'one',
    'other',
    'two',
    'uno',
  ]);
  assert.equal(namespace['again'], 2);
  assert.equal(namespace['four'], 4);
  assert.equal((namespace['other'] as () => void).name, 'default');
});

test('default expressions get the name that the language gives them', async () => {
  for (const [source, name] of [
    ['export default class {}', 'default'],
    ['export default () => 1', 'default'],
    ['export default function named() {}', 'named'],
    ['export default (class Kept {})', 'Kept'],
  ]) {
    const { default: value } = await run({ main: source ?? '' });
    assert.equal((value as () => void).name, name, source);
  }
});

test('a name that is declared again inside hides the import', async () => {
  const { results } = await run({
    main: `import { x } from 'x';
      const results = [x, ((x) => x)('parameter'), (() => { let x = 'block'; return x; })(), { x }.x, { x: 1 }.x];
      for (const x of ['loop']) results.push(x);
      try { throw 'caught'; } catch (x) { results.push(x); }
      (function () { results.push(x); if (false) { var x = 1; } })();
      results.push((({ x }) => x)({ x: 'pattern' }), (class x {}).name);
      export { results };`,
    x: `export const x = 'imported';`,
  });
  assert.deepEqual(results, [
    'imported',
    'parameter',
    'block',
    'imported',
    1,
    'loop',
    'caught',
    undefined,
    'pattern',
    'x',
  ]);
});

test('an imported function is called without a receiver, also where a line has no semicolon', async () => {
  const { seen } = await run({
    main: `import { self, tag } from 'x'
      let seen = 0
      self()
      if (seen === 0) self()
      seen = [self(), tag\`a\`]
      export { seen }`,
    x: `export function self() { return this; } export function tag() { return this; }`,
  });
  assert.deepEqual(seen, [undefined, undefined]);
});

test('functions of a cycle can be called before their module runs, variables cannot', async () => {
  const { early } = await run({
    main: `import { early } from 'other'; export function hoisted() { return 'hoisted'; } export const late = 1; export { early };`,
    other: `import { hoisted, late } from 'main';
      let error; try { late; } catch (caught) { error = caught.message; }
      export const early = [hoisted(), error];`,
  });
  assert.deepEqual(early, ['hoisted', "Cannot access 'late' before initialization"]);
});

test('a module waits for those below it that await', async () => {
  const { order } = await run({
    main: `import { order } from 'slow'; import 'quick'; order.push('main'); export { order };`,
    slow: `export const order = []; await null; order.push('slow');`,
    quick: `import { order } from 'slow'; order.push('quick');`,
  });
  assert.deepEqual(order, ['slow', 'quick', 'main']);
});

test('import.meta and import() are those of the module', async () => {
  const namespace = await run({
    main: `export const { url } = import.meta; export const value = (await import('other')).value;`,
    other: `export const value = import.meta.url;`,
  });
  assert.deepEqual({ ...namespace }, { url: 'main', value: 'other' });
});

test('an import that nothing provides is a SyntaxError, two providers are none', () => {
  assert.throws(() => load({ main: `import { no } from 'x';`, x: '' }).instantiate(), {
    name: 'SyntaxError',
    message: "does not provide an export named 'no'",
  });
  const ambiguous = { main: `import { x } from 'both';`, both: `export * from 'a'; export * from 'b';` };
  assert.throws(() =>
    load({ ...ambiguous, a: 'export const x = 1;', b: 'export const x = 2;' }).instantiate(),
  );
});

test('an error is thrown again to whoever imports the module later', async () => {
  const main = load({ main: `throw new Error('first');` });
  main.instantiate();
  await assert.rejects(main.evaluate(), { message: 'first' });
  await assert.rejects(main.evaluate(), { message: 'first' });
});

test('import() in code that is given to eval calls the same function', () => {
  const rewritten = (code: string): string => applyEdits(code, evaluatedEdits(parser, code, '$import'));
  assert.equal(
    rewritten(`import('a').then(() => eval("import('b')"))`),
    `$import('a').then(() => eval($import.redirect("import('b')","$import",eval,23)))`,
  );
  assert.equal(rewritten('not a program import('), 'not a program import(');
});

test('a module has no arguments, its functions have', async () => {
  const { seen } = await run({
    main: `function count() { return arguments.length; }
      let error; try { arguments; } catch (caught) { error = caught; }
      export const seen = [typeof arguments, count(1, 2), error.name, error.message];`,
  });
  assert.deepEqual(seen, ['undefined', 2, 'ReferenceError', 'arguments is not defined']);
});

test('lines stay where they are', () => {
  const source = `#!/usr/bin/env node\nimport {\n  a,\n} from 'a';\nexport {\n  a,\n};\nthrow a;\n`;
  const { code } = rewriteModule(source, parser).write(() => true);
  assert.match(code.split('\n')[7] ?? '', /^throw .*names\["a"\];$/);
});

test('a namespace is what the language makes it', async () => {
  const namespace = await run({ main: 'export const b = 1; export const a = 2;' });
  assert.equal(Object.getPrototypeOf(namespace), null);
  assert.equal(Object.prototype.toString.call(namespace), '[object Module]');
  assert.deepEqual(Reflect.ownKeys(namespace), ['a', 'b', Symbol.toStringTag]);
  assert.deepEqual(Object.getOwnPropertyDescriptor(namespace, 'a'), {
    value: 2,
    writable: true,
    enumerable: true,
    configurable: false,
  });
  assert.throws(() => {
    namespace['a'] = 3;
  }, TypeError);
  assert.equal(Object.isExtensible(namespace), false);
});
