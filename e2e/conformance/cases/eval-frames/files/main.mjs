import './more.cjs';

// Without "at", so that the frames are compared as they are.
const framesOf = (error, count = 2) =>
  error.stack
    .split('\n')
    .slice(1, 1 + count)
    .map((frame) => frame.trim().slice('at '.length).replaceAll(process.cwd(), ''));
const show = (run, count) => {
  try {
    run();
  } catch (error) {
    console.log(error.message, framesOf(error, count));
  }
};

show(new Function('throw new Error("named");\n//# sourceURL="/views/book.ejs"'));
show(new Function('throw new Error("plain")'));
show(() => eval('throw new Error("direct")'));
show(() => (0, eval)('throw new Error("indirect")'), 3);
show(() => globalThis.eval('throw new Error("as a member")'), 3);
show(() => eval('(function inner() { throw new Error("directly named") })()\n//# sourceURL=page.js'), 3);
show(function named() {
  eval('function inner() { throw new Error("in a function") }\ninner()');
}, 3);
show(() => eval('eval("throw new Error(\'twice\')")'));
class Maker {
  make() {
    return new Function('a', 'b', '"use strict"; return function made() { throw new Error("made") }')();
  }
  static compile(code) {
    return eval(code);
  }
}
show(new Maker().make());
show(Maker.compile('() => { throw new Error("called later") }'));
show(() => [1].map(new Function('x', 'return x.y.z')));
show(() => new Function('throw new Error("on an object")').call({}));
show(() => Function('throw new Error("without new")')());
const AsyncFunction = (async () => {}).constructor;
await AsyncFunction('await 1; throw new Error("async")')().catch((error) => console.log(framesOf(error)));
await eval('(async () => { await 1; throw new Error("async eval") })()').catch((error) =>
  console.log(framesOf(error)),
);

console.log(String(new Function('a', 'b', 'return a + b')));
console.log(String(AsyncFunction('return 1')), AsyncFunction.name, Object.getPrototypeOf(AsyncFunction) === Function);
const template = `
//# sourceURL=not-a-name.js
`;
console.log(framesOf(new Error(template), 40).find((frame) => frame.includes('main.mjs')));
{
  const eval1 = eval;
  console.log(eval1('typeof show'), eval(5), eval('typeof show'));
}

Error.prepareStackTrace = (_error, [site]) =>
  [
    site.isEval(),
    site.getEvalOrigin(),
    site.getFileName(),
    site.getScriptNameOrSourceURL(),
    site.getFunctionName(),
    site.getLineNumber(),
    site.getColumnNumber(),
  ].map((each) => (typeof each === 'string' ? each.replaceAll(process.cwd(), '') : each));
console.log(new Function('return new Error().stack')());
console.log(new Function('return new Error().stack\n//# sourceURL=a.js')());
console.log(eval('new Error().stack'));
console.log(new Error().stack);
Error.prepareStackTrace = undefined;

setTimeout(new Function('const lines = 1;\n  null.length;\n//# sourceURL="/views/late.ejs"'));
