export async function loadPlugins(names) {
  for (const name of names) {
    if (!/^[a-z]+$/.test(name)) throw new TypeError(`${name} is not the name of a plugin`);
  }

  const plugins = {};
  for (const name of names) {
    const url = import.meta.resolve(`./plugins/${name}.mjs`);
    try {
      const { default: plugin } = await import(url);
      plugins[name] = plugin;
    } catch (error) {
      const isAbsent = error.code === 'ERR_MODULE_NOT_FOUND' && error.url === url;
      if (!isAbsent) throw error;
    }
  }
  return plugins;
}
