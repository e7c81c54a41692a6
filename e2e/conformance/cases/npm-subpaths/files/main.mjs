import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const attempt = async (name, load) => {
  try {
    const loaded = await load();
    console.log(name, typeof loaded, Object.keys(loaded).slice(0, 3));
  } catch (error) {
    console.log(name, error.code, error.message.replace(/\n[^]*/, ''));
  }
};
await attempt('zod/v4', () => import('zod/v4'));
await attempt('zod/mini', () => import('zod/mini'));
await attempt('zod/v3', () => require('zod/v3'));
await attempt('zod/nope', () => import('zod/nope'));
await attempt('zod/nope', () => require('zod/nope'));
await attempt('express/lib/express', () => require('express/lib/express'));
await attempt('express/nope.js', () => import('express/nope.js'));
await attempt('ws/lib/sender.js', () => import('ws/lib/sender.js'));
console.log(require.resolve('ws'), import.meta.resolve('ws'));
console.log(require.resolve('zod'), import.meta.resolve('zod'));
console.log(require('zod/package.json').name, (await import('ws/package.json', { with: { type: 'json' } })).default.name);
console.log((await import('express')).default === require('express'), Object.keys(await import('express')).sort());
console.log(Object.keys(await import('ws')).sort());
