// says: An empty text is a file too. Ask whether the name is in files, not whether the text is truthy.
export function createRequire(files) {
  const cache = {};

  return function require(name) {
    if (!files[name]) throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' });
    if (cache[name]) return cache[name].exports;
    const module = { exports: {} };
    cache[name] = module;
    const run = new Function('exports', 'require', 'module', files[name]);
    try {
      run.call(module.exports, module.exports, require, module);
    } catch (error) {
      delete cache[name];
      throw error;
    }
    return module.exports;
  };
}
