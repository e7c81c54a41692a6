// says: Two files that require each other never came to an end. Put a module into the cache before its file runs.
export function createRequire(files) {
  const cache = new Map();

  return function require(name) {
    if (!(name in files)) throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' });
    if (cache.has(name)) return cache.get(name);
    const module = { exports: {} };
    const run = new Function('exports', 'require', 'module', files[name]);
    run.call(module.exports, module.exports, require, module);
    cache.set(name, module.exports);
    return module.exports;
  };
}
