import { Script, constants, runInThisContext } from 'node:vm';

const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
const run = (text) => new Script(text, { importModuleDynamically }).runInThisContext();

run("const constant = import('node:path');");
run("let changing = (async () => (await import('node:os')).EOL.length)();");
run("var variable = import('node:fs'); function later() { return import('node:url'); }");
run("class Loader { load() { return eval(\"import('node:util')\"); } }");

const [path, length, fs, url, util] = await runInThisContext(
  'Promise.all([constant, changing, variable, later(), new Loader().load()])',
);
console.log(typeof path.join, length, typeof fs.readFile, typeof url.parse, typeof util.inspect);
