// says: The name «friendly/../angry» has to be refused with a TypeError. Test the whole name, from its first character to its last.
export async function loadPlugins(names) {
  for (const name of names) {
    if (!/^[a-z]+/.test(name)) throw new TypeError(`${name} is not the name of a plugin`);
  }

  const plugins = {};
  for (const name of names) {
    const url = import.meta.resolve(`./plugins/${name}.mjs`);
    try {
      plugins[name] = (await import(url)).default;
    } catch (error) {
      if (error.url !== url) throw error;
    }
  }
  return plugins;
}
