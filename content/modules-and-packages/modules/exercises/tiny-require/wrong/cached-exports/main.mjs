// says: The second call returned the object from before the file ran. Keep the module in the cache, not its exports.
export function createRequire(files) {
  const cache = new Map();

  return function require(name) {
    if (!(name in files)) throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' });
    if (cache.has(name)) return cache.get(name);
    const module = { exports: {} };
    cache.set(name, module.exports);
    const run = new Function('exports', 'require', 'module', files[name]);
    run.call(module.exports, module.exports, require, module);
    return module.exports;
  };
}
