// says: The plugin broken is there, and a file that it imports is not. Its error has to reach the caller: compare error.url.
export async function loadPlugins(names) {
  const plugins = {};
  for (const name of names) {
    if (!/^[a-z]+$/.test(name)) throw new TypeError(`${name} is not the name of a plugin`);
    try {
      const { default: plugin } = await import(`./plugins/${name}.mjs`);
      plugins[name] = plugin;
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    }
  }
  return plugins;
}
