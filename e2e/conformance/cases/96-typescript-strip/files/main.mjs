import { stripTypeScriptTypes } from 'node:module';

console.log(JSON.stringify(stripTypeScriptTypes('const a: number = 1;\ninterface B {}\nexport type C = B;')));
console.log(stripTypeScriptTypes('let x: string', { sourceUrl: 'x.ts' }));
console.log(stripTypeScriptTypes('enum A { B }', { mode: 'transform' }));
console.log(stripTypeScriptTypes('enum A { B }', { mode: 'transform', sourceMap: true }));
for (const attempt of [
  () => stripTypeScriptTypes('enum A { B }'),
  () => stripTypeScriptTypes('let x: ;'),
  () => stripTypeScriptTypes(1),
  () => stripTypeScriptTypes('', { mode: 'other' }),
  () => stripTypeScriptTypes('', { sourceMap: true }),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(process.features.typescript, process.versions.amaro !== undefined);
