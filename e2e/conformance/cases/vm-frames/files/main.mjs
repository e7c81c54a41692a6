import { createContext, runInContext, runInNewContext } from 'node:vm';

// Without "at", so that the frames are compared as they are.
const show = (run, count = 2) => {
  try {
    run();
  } catch (error) {
    const frames = error.stack.split('\n').filter((line) => line.startsWith('    at '));
    console.log(error.message, frames.slice(0, count).map((frame) => frame.trim().slice('at '.length)));
  }
};
show(() => runInNewContext('function idOf() { return missing; }\nidOf()'));
show(() => runInNewContext('class A { m() { return missing } }\nnew A().m()'));
show(() => runInNewContext('eval("throw new Error(1)")', {}, 'x.js'));
show(() => runInNewContext('(function () { eval("throw new Error(2)") })()', {}, 'x.js'));
show(() => runInNewContext('(0, eval)("throw new Error(3)")', {}, 'x.js'), 1);
const context = createContext({});
runInContext('function other() { return missing }', context);
show(() => context.other(), 1);
show(() => runInContext('other()', context));
try {
  runInNewContext('function idOf() { return missing; }\nidOf()');
} catch (error) {
  console.log(error.stack.split('\n').filter((line) => line.startsWith('    at ')).length);
}
runInNewContext('function idOf() { return missing; }\nidOf()');
