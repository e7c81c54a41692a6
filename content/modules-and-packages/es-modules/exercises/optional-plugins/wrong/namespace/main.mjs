// says: Under the name of a plugin stands its namespace. Take the default export out of it.
import { existsSync } from 'node:fs';

export async function loadPlugins(names) {
  const plugins = {};
  for (const name of names) {
    const url = new URL(`./plugins/${name}.mjs`, import.meta.url);
    if (existsSync(url)) plugins[name] = await import(url);
  }
  return plugins;
}
