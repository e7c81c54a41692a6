export function createRequire(files) {
  const cache = new Map();

  return function require(name) {
    if (!Object.hasOwn(files, name)) {
      const error = new Error(`Cannot find module '${name}'`);
      error.code = 'MODULE_NOT_FOUND';
      throw error;
    }
    const cached = cache.get(name);
    if (cached) return cached.exports;

    const module = { exports: {} };
    cache.set(name, module);
    try {
      const run = new Function('exports', 'require', 'module', files[name]);
      run.call(module.exports, module.exports, require, module);
    } catch (error) {
      cache.delete(name);
      throw error;
    }
    return module.exports;
  };
}
