import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
for (const name of ['lodash', '@scope/name', 'lodash/fp', '@scope/name/deep.js']) {
  await import(name).catch((error) => console.log(error.code, error.message));
  try {
    require(name);
  } catch (error) {
    console.log(error.code, error.message, error.requireStack);
  }
  try {
    console.log(import.meta.resolve(name));
  } catch (error) {
    console.log(error.code, error.message);
  }
}
await import('left-pad');
