import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const files = ['enum.ts', 'namespace.mts', 'property.mts', 'import-equals.cts', 'module.ts', 'invalid.mts', 'no-extension.mts', 'type-import.mts'];
for (const file of files) {
  try {
    await import(`./${file}`);
    console.log(file, 'ran');
  } catch (error) {
    console.log(file, error.name, error.code, error.message.replaceAll(import.meta.dirname, ''));
  }
}
const folder = `${import.meta.dirname}/node_modules/typed`;
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/package.json`, '{ "name": "typed", "type": "module", "exports": "./index.ts" }');
writeFileSync(`${folder}/index.ts`, 'export const a: number = 1;');
for (const load of [() => import('typed'), () => createRequire(import.meta.url)('typed')]) {
  try {
    await load();
  } catch (error) {
    console.log(error.name, error.code, error.message.replaceAll(import.meta.dirname, ''));
  }
}
