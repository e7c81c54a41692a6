/** The WebContainer engine with the unmodified client, against a service that is as awkward as the real one. */
import { expect, test } from '@playwright/test';
import { openEnginePage, singleFile, textOf } from './engine-page.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';

const HELLO = singleFile(`console.log('hello');`);

test('runs a program and tells its streams and its exit code', async ({ context }) => {
  await installWebContainerDouble(context);
  const page = await openEnginePage(context);
  const program = singleFile(
    `console.log(process.cwd(), process.argv[2], process.env.NAME, process.execArgv.length, process.version.slice(0, 2));
     console.error('careful');
     console.log(import.meta.url);
     console.log((await import('./data/values.mjs')).default);
     throw new Error('broken');`,
    {
      files: {},
      command: ['node', 'main.mjs', 'two words'],
      env: { NAME: 'é' },
    },
  );
  const files = {
    'main.mjs': singleFile('').files['main.mjs'] + '',
    'data/values.mjs': 'export default [1, 2, 3];',
  };
  const source = `console.log(process.cwd(), process.argv[2], process.env.NAME, process.execArgv.length);
    console.error('careful');
    console.log(import.meta.url);
    console.log((await import('./data/values.mjs')).default);
    throw new Error('broken');`;
  const outcome = await page.evaluate(
    (given) => window.enginePage.run(given),
    { ...program, files: { ...files, 'main.mjs': source } },
  );
  expect(outcome.engine).toBe('webcontainer');
  expect(outcome.exitCode).toBe(1);
  expect(textOf(outcome.chunks, 'stdout')).toBe(
    '/home/reader two words é 0\nfile:///home/reader/main.mjs\n[ 1, 2, 3 ]\n',
  );
  expect(textOf(outcome.chunks, 'stderr')).toMatch(/^careful\n[^]*Error: broken\n +at file:\/\/\/home\/reader\/main\.mjs:5:11/);
  expect(textOf(outcome.chunks, 'both')).toBe('');
});
