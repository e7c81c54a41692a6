/** The built-ins that a context finds: the language's own, and V8's silent console. */
import type { ProcessRealm } from '../../create-realm.ts';
import { createProxyConstructor } from '../util/proxies.ts';
import type { CodeGeneration } from './context.ts';

const consoleMethods =
  'debug error info log warn dir dirxml table trace group groupCollapsed groupEnd clear count countReset assert profile profileEnd time timeLog timeEnd timeStamp context createTask';
const noCode = 'Code generation from strings disallowed for this context';

/**
 * Makes the global object that is behind the sandbox. A browser's Worker has one set of built-ins: contexts share them.
 * `evaluate` runs text in the context, as `eval` does.
 */
export function createInnerGlobal(
  realm: ProcessRealm,
  codeGeneration: CodeGeneration,
  evaluate: (text: string) => unknown,
): object {
  const inner: object = Object.create(createGlobalPrototype(realm)) as object; // as the language makes it
  const define = (name: string, value: unknown): void =>
    void Reflect.defineProperty(inner, name, { value, writable: true, configurable: true });
  for (const name of realm.library.facts.intrinsics) {
    const builtIn = builtInsOf(realm).get(name);
    if (name === 'console') define(name, createConsole());
    else if (name === 'Proxy') define(name, createProxyConstructor(realm.host.Proxy));
    else if (builtIn) Reflect.defineProperty(inner, name, builtIn);
  }
  const checkText = (): void => {
    if (!codeGeneration.strings) throw new EvalError(noCode);
  };
  define('eval', createEval(evaluate, checkText));
  define('Function', createFunctionConstructor(realm, evaluate, checkText));
  if (!codeGeneration.wasm) define('WebAssembly', createSilencedWasm(realm));
  return inner;
}

const builtIns = new WeakMap<ProcessRealm, Map<string, PropertyDescriptor>>();

/** The built-ins as they were before a program could change them. */
export function builtInsOf(realm: ProcessRealm): Map<string, PropertyDescriptor> {
  let known = builtIns.get(realm);
  if (!known) {
    known = new Map();
    for (const name of realm.library.facts.intrinsics) {
      const descriptor = Reflect.getOwnPropertyDescriptor(globalThis, name);
      if (descriptor) known.set(name, descriptor);
    }
    builtIns.set(realm, known);
  }
  return known;
}

/** V8's global object has a prototype of its own, with a constructor that has no name. */
function createGlobalPrototype(realm: ProcessRealm): object {
  const prototype = {};
  // True: a function, of sloppy mode as V8's own is.
  const constructor = realm.evaluate('(function(){})') as () => void;
  Object.defineProperty(constructor, 'prototype', { value: prototype });
  return Object.defineProperty(prototype, 'constructor', {
    value: constructor,
    writable: true,
    configurable: true,
  });
}

function createEval(evaluate: (text: string) => unknown, check: () => void): unknown {
  return {
    eval(text: unknown) {
      if (typeof text !== 'string') return text;
      check();
      return evaluate(text);
    },
  }.eval;
}

/** A `Function` whose functions see the globals of the context; it has the prototype of all functions. */
function createFunctionConstructor(
  realm: ProcessRealm,
  evaluate: (text: string) => unknown,
  check: () => void,
): unknown {
  // The language's own.
  const Native = builtInsOf(realm).get('Function')?.value as FunctionConstructor;
  const Constructor = function (...parts: unknown[]): unknown {
    check();
    // The native constructor checks the parts and writes the text.
    const text = String(Reflect.construct(Native, parts));
    return evaluate(`(${text})`);
  };
  Object.defineProperties(Constructor, {
    name: { value: 'Function', configurable: true },
    length: { value: 1, configurable: true },
    prototype: { value: Native.prototype, writable: false },
  });
  return Constructor;
}

function createConsole(): object {
  const console: object = {};
  for (const name of consoleMethods.split(' ')) {
    const method = { [name]() {} }[name];
    Reflect.set(console, name, method);
  }
  Reflect.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  return console;
}

function createSilencedWasm(realm: ProcessRealm): object {
  const { WebAssembly } = realm.host;
  const refuse = (name: string): unknown =>
    function () {
      throw new WebAssembly.CompileError(
        `WebAssembly.${name}(): Wasm code generation disallowed by embedder`,
      );
    };
  const copy = Object.create(null, Object.getOwnPropertyDescriptors(WebAssembly)) as object; // the same members
  Reflect.defineProperty(copy, 'Module', { value: refuse('Module'), writable: true, configurable: true });
  Reflect.defineProperty(copy, 'compile', { value: refuse('compile'), writable: true, configurable: true });
  return copy;
}
