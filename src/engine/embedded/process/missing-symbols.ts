/** Symbols of the language that Node's library takes for granted and WebKit does not have yet. */

for (const name of ['dispose', 'asyncDispose'] as const) {
  // As V8 has them, and before Node's library copies what the language has.
  if (!(name in Symbol))
    Object.defineProperty(Symbol, name, {
      value: Symbol(`Symbol.${name}`),
      writable: false,
      enumerable: false,
      configurable: false,
    });
}
