// says: After an error the next call has to run the file again. Remove a failed module from the cache.
export function createRequire(files) {
  const cache = new Map();

  return function require(name) {
    if (!(name in files)) throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' });
    if (cache.has(name)) return cache.get(name).exports;
    const module = { exports: {} };
    cache.set(name, module);
    const run = new Function('exports', 'require', 'module', files[name]);
    run.call(module.exports, module.exports, require, module);
    return module.exports;
  };
}
