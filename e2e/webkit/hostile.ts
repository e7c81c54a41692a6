/** What a Worker with all that WebKit gives it reaches of the site, as `hostile.spec.ts` asks it in Chromium. */
import { attemptAll, ofAWorker } from '../hostile/attempts.ts';
import { bareWorker } from '../hostile/bare-worker.ts';
import { serveWatchedSite, unasked } from '../hostile/watched-site.ts';
import { singleFile } from '../single-file.ts';
import { DrivenPage } from './driven-page.ts';
import type { WebKit } from './launch.ts';

/** Scripts that their addresses hold, from which Workers start here: all that they may is what the Worker itself may. */
const harmless = ['a Worker of a data: address', 'import() of a data: address'];

/** A line for each attempt that got somewhere. */
export async function breakOut({ driver }: WebKit): Promise<string[]> {
  await using site = await serveWatchedSite({ worker: bareWorker });
  await driver.get(site.address);
  const code = `print(await (${attemptAll(ofAWorker, site.address)})())`;
  const before = site.requests.length;
  const printed = await new DrivenPage(driver).evaluate(
    async (program) => {
      // A Worker here has caches of its own, without any: those of the site would have a name.
      await caches.open('cache of the site');
      const run = await window.embedded.start(program);
      // WebKit's streams cannot be iterated over.
      const reader = run.output.getReader();
      let text = '';
      for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value.text;
      return text;
    },
    singleFile(code, 'main.cjs'),
  );
  const outcomes = Object.entries(JSON.parse(printed) as Record<string, string>);
  const successes = outcomes.filter(
    ([name, outcome]) => !harmless.includes(name) && !['refused', 'nothing', ''].includes(outcome),
  );
  return [
    ...(outcomes.length === Object.keys(ofAWorker).length ? [] : ['not every attempt was made']),
    ...successes.map(([name, outcome]) => `a Worker reaches ${name}: ${outcome}`),
    ...unasked(site, before)
      .filter(({ path }) => path !== '/favicon.ico') // which the window wants
      .map(({ path }) => `a Worker asks the site for ${path}`),
  ];
}
