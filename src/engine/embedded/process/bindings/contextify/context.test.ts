import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import vm from 'node:vm';
import type { ProcessRealm } from '../../create-realm.ts';
import { SourceRegistry } from '../../source-registry.ts';
import { StackTraces } from '../../stack-trace.ts';
import { Context } from './context.ts';
import { runInContext } from './script.ts';

const require = createRequire(import.meta.url);
const sources = new SourceRegistry(() => undefined);
const cell = { value: undefined };

// What contexts use of a process; the rest of it takes no part.
const realm = {
  host: globalThis,
  library: {
    facts: { intrinsics: vm.runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[] },
  },
  sources,
  stackTraces: new StackTraces(sources),
  asyncContext: { isTracked: false },
  evaluate: eval, // eslint-disable-line no-eval -- as the engine does it
  privateSymbol: () => ({ of: () => cell }),
  requireBuiltin: (id: string) => require(id) as Record<string, unknown>,
} as unknown as ProcessRealm;

/** Runs texts one after the other in one context of ours and in one of Node's, and compares what there is to see. */
function agree(createSandbox: () => object, ...texts: string[]): void {
  const evaluate = (context: Context, text: string): unknown =>
    runInContext(realm, context, { source: sourceOf(text), kind: 'eval' });
  const own = createSandbox();
  const context = new Context(realm, own, { strings: true, wasm: true }, evaluate);
  const real = vm.createContext(createSandbox());
  for (const text of texts) {
    const ours = outcome(() => runInContext(realm, context, { source: sourceOf(text), kind: 'script' }));
    assert.deepEqual(
      ours,
      outcome(() => vm.runInContext(text, real) as unknown),
      text,
    );
  }
  assert.deepEqual(look(own), look(real), texts.join('\n'));
}

/** The properties of an object; functions, of which each context makes its own, by their kind alone. */
function look(object: object): unknown[] {
  return Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, descriptor]) => [
    name,
    Object.entries(descriptor).map(([member, value]) => [
      member,
      typeof value === 'function' ? 'a function' : value,
    ]),
  ]);
}

function sourceOf(text: string): Parameters<typeof runInContext>[2]['source'] {
  return { text, filename: 'test.js', lineOffset: 0, columnOffset: 0, referrer: Symbol('test') };
}

/** What came of a call, without anything that belongs to one realm. */
function outcome(run: () => unknown): unknown {
  try {
    const value = run();
    return typeof value === 'function' ? 'a function' : structuredClone(value);
  } catch (error) {
    // Errors of another context are no instances of this one's class.
    const { name, message } = error as Error;
    return { name, message };
  }
}

const plain = (): object => ({ a: 1, b: { c: 2 } });

test('the value of a script is that of its last statement', () => {
  for (const text of [
    '1 + a',
    'if (a) { 5 } else { 6 }',
    'var v = 1;',
    '1;;',
    'for (var i = 0; i < 3; i++) i * 2',
    '{ 7 }',
    '',
  ])
    agree(plain, text);
  agree(
    plain,
    'const k = 3; k * 2',
    'k',
    'let l = k + 1; l',
    'class C {}; 1',
    'typeof C',
    '"use strict"; var s = 4; s',
    's',
  );
});

test('declarations belong to the context', () => {
  agree(
    plain,
    'var x = 1; function f() { return x }',
    'f()',
    'x = 2; f()',
    'this.x',
    'delete x',
    'Object.keys(globalThis).join()',
  );
  agree(
    plain,
    'let l = 1',
    'this.l',
    'l = 2; l',
    'let l = 3',
    'var l',
    'const c = 1; c = 2',
    'early; let early',
    'typeof l',
  );
  agree(
    plain,
    'const { b: { c }, ...rest } = { b }; [c, Object.keys(rest).length]',
    'let [p, q = 5] = [1]; p + q',
  );
  agree(plain, '"use strict"; var y = 1; for (var z of [1, 2]); function g() {}', '[y, z, typeof g]');
  agree(plain, '{ function inner() { return 1 } } inner()', 'if (true) { var deep = 1 } deep');
});

test('a context has the built-ins of the language and nothing of its host', () => {
  agree(
    plain,
    '[typeof process, typeof require, typeof setTimeout, typeof Buffer, typeof console, typeof Map]',
  );
  agree(
    plain,
    'process',
    'require("fs")',
    'nothing',
    'typeof nothing',
    '(function () { return typeof process })()',
  );
  agree(plain, 'var process = 5; process', 'x = y');
});

test('globalThis and this', () => {
  agree(
    plain,
    'this === globalThis',
    '(function () { return this === globalThis })()',
    '(() => this === globalThis)()',
  );
  agree(
    plain,
    '(function () { "use strict"; return this })()',
    'function s() { "use strict"; return this } s()',
  );
  agree(
    plain,
    'function t() { return this === globalThis } t()',
    '({ m() { return this === globalThis } }).m()',
  );
  agree(
    plain,
    'globalThis.n = 1; n',
    'a = 5; this.a',
    '"n" in globalThis',
    'Object.getOwnPropertyDescriptor(this, "a")',
  );
  agree(
    plain,
    'Object.defineProperty(this, "d", { value: 1 }); d',
    'd = 2; d',
    '"use strict"; undeclared = 1',
    'sloppy = 1; sloppy',
  );
});

test('sandboxes that are frozen, have accessors or inherit', () => {
  agree(() => Object.freeze({ k: 1 }), 'k = 2; n = 3; [k, n]');
  agree(
    () => ({
      get now() {
        return 5;
      },
      set next(_value: number) {},
    }),
    'now',
    'next = 1; typeof next',
    'now = 2; now',
  );
  agree(
    () => Object.create({ inherited: 1 }) as object,
    'inherited',
    '"inherited" in this',
    'inherited = 2; inherited',
  );
});

test('eval and Function see the context', () => {
  agree(
    plain,
    'eval("var e = a + 1"); e',
    '(function () { let l = 1; return eval("l + a") })()',
    '(0, eval)("a")',
  );
  agree(
    plain,
    'new Function("x", "return x + a + typeof process")(1)',
    'eval("let inside = 1; inside")',
    'typeof inside',
  );
});

test('what a function of a context does later, it does there', () => {
  const context = new Context(realm, { n: 1 }, { strings: true, wasm: true }, () => undefined);
  const count = runInContext(realm, context, {
    source: sourceOf('() => { n++; return typeof process }'),
    kind: 'script',
  });
  assert.equal((count as () => unknown)(), 'undefined');
  assert.deepEqual(context.contextified, { n: 2 });
});

test('without code generation, eval and Function throw', () => {
  const context = new Context(realm, {}, { strings: false, wasm: true }, () => undefined);
  for (const text of ['eval("1")', 'new Function("1")', '(() => eval("1"))()'])
    assert.throws(() => runInContext(realm, context, { source: sourceOf(text), kind: 'script' }), EvalError);
});
